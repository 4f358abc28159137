using Geode.Service.Identity;

namespace Geode.Api.Documents;

/// <summary>Says in the container <c>votes</c> that a post exists, or no longer does. With it the votes' partition holds all that
/// counting needs, and one change feed tells the counter of everything.</summary>
public sealed record Mark
{
    public required string Id { get; init; }

    public required string QuestionId { get; init; }

    public required string PostId { get; init; }

    public required string Kind { get; init; }

    /// <summary>Of a question; the counter copies them to its score, so that the best can be listed by tag.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>A change feed does not show deletions; this does.</summary>
    public bool? Deleted { get; init; }

    /// <summary>Of a deletion: the visitor whose post it was. Not named as a vote names its visitor, whose votes are looked for by that.</summary>
    public string? Owner { get; init; }

    public string? Traceparent { get; init; }

    public static string IdFor(string postId) => $"{postId}:mark";

    public static Mark For(Post post, bool deleted, string? traceparent) => new()
    {
        Id = IdFor(post.Id),
        QuestionId = post.QuestionId,
        PostId = post.Id,
        Kind = post.Kind,
        Tags = post.Tags,
        Deleted = deleted ? true : null,
        Owner = deleted ? post.Visitor : null,
        Traceparent = traceparent,
    };
}
