using Geode.Service.Feeds;

namespace Geode.Worker.Scores;

/// <summary>What counting needs of a document in <c>votes</c>: a vote, or the mark that says a post exists.</summary>
internal sealed record Ballot
{
    public required string Id { get; init; }

    public required string PostId { get; init; }

    /// <summary>-1, 0 or 1.</summary>
    public int Value { get; init; }

    /// <summary>Set on marks only: <c>question</c> or <c>answer</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Set on a question's mark.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Set on the mark of a post that was deleted.</summary>
    public bool Deleted { get; init; }

    public bool IsMark => Kind is not null;
}

/// <summary>What was counted for one post, in <c>scores</c>.</summary>
internal sealed record Score : Recounted
{
    public required string QuestionId { get; init; }

    public required string Kind { get; init; }

    /// <summary>Sum of the votes. Not called <c>value</c>: the query language keeps that word.</summary>
    public required int Total { get; init; }

    public required int Votes { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }
}
