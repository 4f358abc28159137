namespace Geode.Api.Documents;

/// <summary>What the Worker counted for one post, in the container <c>scores</c>. The Api only reads it.</summary>
public sealed record Score
{
    public required string Id { get; init; }

    public required string QuestionId { get; init; }

    public required string Kind { get; init; }

    /// <summary>Sum of the votes. Not called <c>value</c>: the query language keeps that word.</summary>
    public int Total { get; init; }

    /// <summary>Votes that are not 0.</summary>
    public int Votes { get; init; }

    /// <summary>Of the question; null on answers.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
}
