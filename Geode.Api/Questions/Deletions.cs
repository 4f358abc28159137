using Geode.Api.Documents;
using Geode.Service.Idempotency;
using Geode.Service.Identity;
using Geode.Service.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Geode.Api.Questions;

/// <summary>Deletes posts, and knows which ones were deleted.</summary>
internal static class Deletions
{
    /// <summary>Marks the post before it goes, so that whoever misses it finds out why.</summary>
    public static async Task DeletePostAsync(this SessionContainers containers, Post post, CancellationToken cancellation)
    {
        await containers.MarkDeletedAsync(post, cancellation);
        await containers.Questions.DeleteAsync(post.Id, post.QuestionId, cancellation);
    }

    // The mark of its deletion; null when nothing is known of one.
    private static async Task<Mark?> DeletionOfAsync(this SessionContainers containers, string postId, string questionId, CancellationToken cancellation) =>
        await containers.Votes.ReadAsync<Mark>(Mark.IdFor(postId), questionId, cancellation) is { Value: { Deleted: true } mark } ? mark : null;

    /// <summary>For <see cref="IdempotentWriter"/>: a post that is missing may only be late.</summary>
    public static async Task<bool> WasDeletedAsync(this SessionContainers containers, string postId, string questionId, CancellationToken cancellation) =>
        await containers.DeletionOfAsync(postId, questionId, cancellation) is not null;

    /// <summary>The answer to a deletion that <see cref="Ownership"/> refused. Where the post is gone and was the visitor's own it has been
    /// done: a router sends a request by another way when the first one is slow (RFC 9110, section 9.2.2).</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> UnlessDoneAsync(
        this ProblemHttpResult refusal, string kind, string id, string questionId, HttpContext http, SessionContainers containers, CancellationToken cancellation)
    {
        var isDone = refusal.StatusCode == StatusCodes.Status404NotFound
            && http.KnownVisitor() is { } visitor
            && await containers.DeletionOfAsync(id, questionId, cancellation) is { } deletion
            && (deletion.Kind, deletion.Owner) == (kind, visitor.Id);
        return isDone ? TypedResults.NoContent() : refusal;
    }
}
