using Geode.Service.Identity;

namespace Geode.Api.Documents;

/// <summary>One visitor's vote on one post, in the container <c>votes</c>. There is one document per post and visitor, so votes
/// of two regions can only disagree about the same visitor's own vote, and then the latest wins.</summary>
public sealed record Vote
{
    public required string Id { get; init; }

    public required string QuestionId { get; init; }

    /// <summary>The question or answer voted on.</summary>
    public required string PostId { get; init; }

    public required string Visitor { get; init; }

    /// <summary>-1, 0 or 1. A withdrawn vote stays as 0: a deleted document would win every conflict.</summary>
    public required int Value { get; init; }

    public required string Region { get; init; }

    public required string At { get; init; }

    public string? Traceparent { get; init; }

    public static string IdFor(string postId, string visitor) => $"{postId}:{visitor}";
}
