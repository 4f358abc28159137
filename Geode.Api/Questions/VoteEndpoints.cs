using Geode.Api.Documents;
using Geode.Api.Personal;
using Geode.Service.Backplane;
using Geode.Service.Http;
using Geode.Service.Identity;
using Geode.Service.Sessions;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Geode.Api.Questions;

/// <summary>Voting: one document per post and visitor, and no counter anywhere.</summary>
internal static class VoteEndpoints
{
    public static void MapVotes(this IEndpointRouteBuilder routes)
    {
        var votes = routes.MapGroup($"{QuestionEndpoints.Path}/{{questionId}}").WithTags("Votes").RequireIds();
        votes.MapPut("/vote", VoteOnQuestion).WithSummary("Your vote on a question.")
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(429);
        votes.MapPut("/answers/{id}/vote", VoteOnAnswer).WithSummary("Your vote on an answer.")
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(429);
    }

    private static Task<Results<Ok<VoteView>, ProblemHttpResult>> VoteOnQuestion(
        string questionId, VoteRequest request, HttpContext http, SessionContainers containers, Recorder recorder, Region region, TimeProvider clock,
        CancellationToken cancellation) =>
        Vote(questionId, questionId, Post.QuestionKind, request, http, containers, recorder, region, clock, cancellation);

    private static Task<Results<Ok<VoteView>, ProblemHttpResult>> VoteOnAnswer(
        string questionId, string id, VoteRequest request, HttpContext http, SessionContainers containers, Region region, TimeProvider clock,
        CancellationToken cancellation) =>
        Vote(questionId, id, Post.AnswerKind, request, http, containers, recorder: null, region, clock, cancellation);

    // Without a recorder it tells nothing of a taste: whether an answer is good says little of what its question is about.
    private static async Task<Results<Ok<VoteView>, ProblemHttpResult>> Vote(
        string questionId, string postId, string kind, VoteRequest request, HttpContext http, SessionContainers containers, Recorder? recorder,
        Region region, TimeProvider clock, CancellationToken cancellation)
    {
        if (request.Value is not (-1 or 0 or 1))
            return Problems.Field("value", "One of -1, 0 and 1.");
        if (await containers.Questions.ReadAsync<Post>(postId, questionId, cancellation) is not { Value: var post } || post.Kind != kind)
            return Problems.NotFound(kind, postId);

        var visitor = http.Visitor();
        var vote = new Vote
        {
            Id = Documents.Vote.IdFor(postId, visitor.Id),
            QuestionId = questionId,
            PostId = postId,
            Visitor = visitor.Id,
            Value = request.Value.Value,
            Region = region.Name,
            At = Instant.Now(clock),
            Traceparent = Trace.Parent,
        };
        await Task.WhenAll(
            containers.Votes.UpsertAsync(vote, questionId, cancellation),
            recorder?.VotedAsync(visitor, questionId, vote.Value, cancellation) ?? Task.CompletedTask);
        return TypedResults.Ok(new VoteView(postId, vote.Value));
    }
}
