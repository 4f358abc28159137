using Geode.Api.Documents;
using Geode.Api.Personal;
using Geode.Service.Backplane;
using Geode.Service.Http;
using Geode.Service.Idempotency;
using Geode.Service.Identity;
using Geode.Service.Sessions;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Geode.Api.Questions;

/// <summary>Answering, accepting and deleting answers.</summary>
internal static class AnswerEndpoints
{
    public static void MapAnswers(this IEndpointRouteBuilder routes)
    {
        var answers = routes.MapGroup($"{QuestionEndpoints.Path}/{{questionId}}/answers").WithTags("Answers").RequireIds();
        answers.MapPost("/", Answer).WithSummary("Answers a question.")
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(410).ProducesProblem(422).ProducesProblem(429);
        answers.MapPost("/{id}/accept", Accept).WithSummary("Accepts an answer to your question.")
            .ProducesProblem(403).ProducesProblem(404).ProducesProblem(412).ProducesProblem(429);
        answers.MapDelete("/{id}", Delete).WithSummary("Deletes your answer.")
            .ProducesProblem(403).ProducesProblem(404).ProducesProblem(412).ProducesProblem(429);
    }

    private static async Task<Results<Created<AnswerView>, ProblemHttpResult>> Answer(
        string questionId, AnswerRequest request, HttpContext http, IdempotentWriter writer, SessionContainers containers, Recorder recorder,
        Region region, TimeProvider clock, CancellationToken cancellation)
    {
        var (valid, problem) = Validation.Answer(request);
        if (valid is null)
            return Problems.Field(problem!);
        var path = $"{QuestionEndpoints.Path}/{questionId}/answers";
        var fingerprint = Fingerprint.Of(http.Request, path, valid);
        if (await containers.Questions.ReadAsync<Post>(questionId, questionId, cancellation) is null)
            return Problems.NotFound("question", questionId);

        var visitor = http.Visitor(fingerprint);
        Post Answer(string id) => new()
        {
            Id = id,
            QuestionId = questionId,
            Kind = Post.AnswerKind,
            Body = valid.Body!,
            Visitor = visitor.Id,
            Region = region.Name,
            CreatedAt = Instant.Now(clock),
            Request = fingerprint.Hash,
            Traceparent = Trace.Parent,
        };
        var made = await writer.CreateAsync(containers.Questions, Answer, fingerprint, visitor, cancellation, containers.WasDeletedAsync);
        if (made.Document is { } answer)
        {
            await Task.WhenAll(
                containers.MarkAsync(answer, cancellation), recorder.WroteAsync(visitor, questionId, Interest.Answered, cancellation));
        }

        return made.Document is { } post
            ? TypedResults.Created($"{path}/{post.Id}", QuestionReader.View(post, visitor, [], [], accepted: null))
            : Problems.NotMade(made.Outcome);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Accept(
        string questionId, string id, HttpContext http, SessionContainers containers, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Ownership.Attempts; attempt++)
        {
            var (question, refusal) = await Ownership.OfQuestionAsync(questionId, http, containers, cancellation);
            if (question is null)
                return refusal!;
            if (await containers.Questions.ReadAsync<Post>(id, questionId, cancellation) is not { Value.Kind: Post.AnswerKind })
                return Problems.NotFound("answer", id);
            var accepted = question.Value with { AcceptedAnswerId = id, Traceparent = Trace.Parent };
            // Also true when a write that was repeated in another region finds itself already done.
            if (question.Value.AcceptedAnswerId == id
                || await containers.Questions.ReplaceAsync(accepted, questionId, questionId, question, cancellation))
            {
                return TypedResults.NoContent();
            }
        }

        return Problems.Stale();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        string questionId, string id, HttpContext http, SessionContainers containers, CancellationToken cancellation)
    {
        var (own, refusal) = await Ownership.OfAnswerAsync(questionId, id, http, containers, cancellation);
        if (own is null)
            return await refusal!.UnlessDoneAsync(Post.AnswerKind, id, questionId, http, containers, cancellation);
        await containers.DeletePostAsync(own.Value, cancellation);
        return TypedResults.NoContent();
    }
}
