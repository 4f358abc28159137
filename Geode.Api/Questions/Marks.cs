using Geode.Api.Documents;
using Geode.Service.Backplane;
using Geode.Service.Sessions;

namespace Geode.Api.Questions;

/// <summary>Writes the <see cref="Mark"/> of a post: of a new one after the post itself. Should the process end in between, the repeated
/// request writes it, or the first vote makes the counter look.</summary>
internal static class Marks
{
    public static Task MarkAsync(this SessionContainers containers, Post post, CancellationToken cancellation) =>
        WriteAsync(containers, post, deleted: false, cancellation);

    public static Task MarkDeletedAsync(this SessionContainers containers, Post post, CancellationToken cancellation) =>
        WriteAsync(containers, post, deleted: true, cancellation);

    private static Task WriteAsync(SessionContainers containers, Post post, bool deleted, CancellationToken cancellation) =>
        containers.Votes.UpsertAsync(Mark.For(post, deleted, Trace.Parent), post.QuestionId, cancellation);
}
