using System.Text.Json;
using Geode.Api.Documents;
using Geode.Api.Personal;
using Geode.Api.Tags;
using Geode.Service.Backplane;
using Geode.Service.Conflicts;
using Geode.Service.Http;
using Geode.Service.Idempotency;
using Geode.Service.Identity;
using Geode.Service.Sessions;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Api.Questions;

/// <summary>Asking, reading, editing and deleting questions.</summary>
internal static class QuestionEndpoints
{
    public const string Path = "/api/questions";

    public static void AddQuestions(this IServiceCollection services)
    {
        services.AddScoped<QuestionReader>();
        services.AddScoped<QuestionLists>();
    }

    public static void MapQuestions(this IEndpointRouteBuilder routes)
    {
        var questions = routes.MapGroup(Path).WithTags("Questions").RequireIds();
        questions.MapPost("/", Ask).WithSummary("Asks a question.")
            .ProducesProblem(400).ProducesProblem(410).ProducesProblem(422).ProducesProblem(429);
        questions.MapGet("/", List).WithSummary("Lists questions: the newest, the best, or those that suit you first.").ProducesProblem(400);
        questions.MapGet("/{id}", Get).WithSummary("One question with its answers, scores and your votes.").ProducesProblem(404);
        questions.MapPut("/{id}", Edit).WithSummary("Edits your question.")
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(412).ProducesProblem(429);
        questions.MapDelete("/{id}", Delete).WithSummary("Deletes your question and everything under it.")
            .ProducesProblem(403).ProducesProblem(404).ProducesProblem(412).ProducesProblem(429);
    }

    private static async Task<Results<Created<QuestionView>, ProblemHttpResult>> Ask(
        QuestionRequest request, HttpContext http, IdempotentWriter writer, SessionContainers containers, TagActivity activity, Recorder recorder,
        Region region, TimeProvider clock, CancellationToken cancellation)
    {
        var (valid, problem) = Validation.Question(request);
        if (valid is null)
            return Problems.Field(problem!);

        var fingerprint = Fingerprint.Of(http.Request, Path, valid);
        var visitor = http.Visitor(fingerprint);
        Post Question(string id) => new()
        {
            Id = id,
            QuestionId = id,
            Kind = Post.QuestionKind,
            Title = valid.Title,
            Body = valid.Body!,
            Tags = valid.Tags,
            Visitor = visitor.Id,
            Region = region.Name,
            CreatedAt = Instant.Now(clock),
            Request = fingerprint.Hash,
            Traceparent = Trace.Parent,
        };
        var made = await writer.CreateAsync(containers.Questions, Question, fingerprint, visitor, cancellation, containers.WasDeletedAsync);
        if (made.Document is { } question)
        {
            await Task.WhenAll(
                containers.MarkAsync(question, cancellation), recorder.WroteAsync(visitor, question.Id, Interest.Asked, cancellation));
        }

        if (made.Outcome is Outcome.Created)
            activity.Asked(valid.Tags!);
        return made.Document is { } post
            ? TypedResults.Created($"{Path}/{post.Id}", QuestionReader.View(post, visitor, [], [], []))
            : Problems.NotMade(made.Outcome);
    }

    private static async Task<Results<Ok<QuestionPage>, ProblemHttpResult>> List(
        HttpContext http, QuestionLists lists, ForYouLists personal, CancellationToken cancellation, string sort = "new", string? tag = null,
        string? continuation = null, int size = Limits.PageSize)
    {
        if (sort is not ("new" or "top" or "for-you"))
            return Problems.Field("sort", "One of 'new', 'top' and 'for-you'.");
        if (Validation.PageSize(size) is { } problem)
            return Problems.Field(problem);
        if (tag is not null && !Validation.IsTag(tag))
            return Problems.Field("tag", $"1 to {Limits.Tag} letters, digits, '-', '.', '+' or '#'.");
        if (continuation?.Length > Limits.Continuation)
            return Problems.Field("continuation", $"At most {Limits.Continuation} characters.");
        try
        {
            var by = tag?.ToLowerInvariant();
            return TypedResults.Ok(sort switch
            {
                "new" => await lists.NewestAsync(by, size, continuation, cancellation),
                "top" => await lists.BestAsync(by, size, continuation, cancellation),
                _ => await ForYouAsync(http, personal, by, size, continuation, cancellation),
            });
        }
        catch (FormatException)
        {
            return Problems.Field("continuation", "Give back what the page before this one gave, and the same sort, tag and size.");
        }
    }

    private static async Task<QuestionPage> ForYouAsync(
        HttpContext http, ForYouLists personal, string? tag, int size, string? continuation, CancellationToken cancellation)
    {
        var (page, model) = await personal.PageAsync(http.KnownVisitor(), tag, size, continuation, cancellation);
        http.Response.Headers[ModelUsed.Header] = model.ToString();
        http.Response.Headers.CacheControl = "private, no-store";
        return page;
    }

    private static async Task<Results<Ok<QuestionView>, ProblemHttpResult>> Get(
        string id, HttpContext http, QuestionReader reader, TagActivity activity, Recorder recorder, CancellationToken cancellation)
    {
        if (await reader.ReadAsync(id, http.KnownVisitor(), cancellation) is not { } found)
            return Problems.NotFound("question", id);
        http.Response.Headers.ETag = found.ETag;
        activity.Viewed(found.Value.Tags);
        recorder.Viewed(http.KnownVisitor(), id);
        return TypedResults.Ok(found.Value);
    }

    private static async Task<Results<Ok<QuestionView>, ProblemHttpResult>> Edit(
        string id, QuestionRequest request, HttpContext http, SessionContainers containers, QuestionReader reader, TagActivity activity,
        Recorder recorder, Region region, TimeProvider clock, CancellationToken cancellation)
    {
        var (valid, problem) = Validation.Question(request);
        if (valid is null)
            return Problems.Field(problem!);
        var isConditional = Ownership.ExpectedTag(http) is not null;
        for (var attempt = 0; attempt < Ownership.Attempts; attempt++)
        {
            var (own, refusal) = await Ownership.OfQuestionAsync(id, http, containers, cancellation, IsDone);
            if (own is null)
                return refusal!;
            var edited = Edited(own.Value, valid, region, clock);
            // What was hedged, here or before it came here, may be refused because it was done elsewhere.
            if (((attempt > 0 || isConditional) && IsDone(own.Value))
                || await containers.Questions.ReplaceAsync(edited, id, id, own, cancellation))
            {
                await containers.MarkAsync(edited, cancellation);
                return await Get(id, http, reader, activity, recorder, cancellation);
            }
        }

        return Problems.Stale();

        bool IsDone(Post now) =>
            (now.Title, now.Body) == (valid.Title, valid.Body) && (now.Tags ?? []).SequenceEqual(valid.Tags ?? []);
    }

    private static Post Edited(Post before, QuestionRequest request, Region region, TimeProvider clock) => before with
    {
        Title = request.Title,
        Body = request.Body!,
        Tags = request.Tags,
        EditedAt = Instant.Now(clock),
        EditedIn = region.Name,
        Edits = Lineage.After(before.Edits, JsonSerializer.Serialize(new PostContent(request.Title!, request.Body!, request.Tags ?? []))),
        Start = new(before.Title ?? "", before.Body, before.Tags ?? []),
        Traceparent = Trace.Parent,
    };

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        string id, HttpContext http, SessionContainers containers, CancellationToken cancellation)
    {
        var (own, refusal) = await Ownership.OfQuestionAsync(id, http, containers, cancellation);
        if (own is null)
            return await refusal!.UnlessDoneAsync(Post.QuestionKind, id, id, http, containers, cancellation);
        // The question first: without it nothing under it is shown any more.
        await containers.DeletePostAsync(own.Value, cancellation);
        var rest = await containers.Questions.InPartitionAsync<Post>(new("SELECT * FROM c"), id, cancellation);
        await Task.WhenAll(rest.Select(post => containers.DeletePostAsync(post, cancellation)));
        return TypedResults.NoContent();
    }
}
