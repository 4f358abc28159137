using Geode.Api.Documents;
using Geode.Api.Identity;
using Geode.Api.Sessions;

namespace Geode.Api.Questions;

/// <summary>Writes the <see cref="Mark"/> of a post: of a new one after the post itself, and should the process end in between, the
/// repeated request writes it, or the first vote makes the counter look. Of a deletion before it, so that whoever misses the post
/// finds out why.</summary>
internal static class Marks
{
    public static Task MarkAsync(this SessionContainers containers, Post post, CancellationToken cancellation) =>
        WriteAsync(containers, post, deleted: false, cancellation);

    public static Task MarkDeletedAsync(this SessionContainers containers, Post post, CancellationToken cancellation) =>
        WriteAsync(containers, post, deleted: true, cancellation);

    /// <summary>Whether that post is gone, and was this visitor's own. To ask for it to be deleted has then been done: a router sends
    /// a request by another way when the first one is slow (RFC 9110, section 9.2.2).</summary>
    public static async Task<bool> IsDeletedOfAsync(
        this SessionContainers containers, Visitor? visitor, string kind, string id, string questionId, CancellationToken cancellation) =>
        visitor is not null
        && await containers.Votes.ReadAsync<Mark>(Mark.IdFor(id), questionId, cancellation) is { Value: { Deleted: true } mark }
        && mark.Kind == kind && mark.Owner == visitor.Id;

    private static Task WriteAsync(SessionContainers containers, Post post, bool deleted, CancellationToken cancellation) =>
        containers.Votes.UpsertAsync(Mark.For(post, deleted, Trace.Parent), post.QuestionId, cancellation);
}
