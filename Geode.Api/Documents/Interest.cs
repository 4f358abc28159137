namespace Geode.Api.Documents;

/// <summary>What a visitor did with one question, in the container <c>interests</c>: the visitor's own partition, one document for each
/// question (its id), forgotten by itself 90 days after the last change.</summary>
/// <remarks>Of several things that a visitor does with a question the one that says most is kept, with its own time. So what was done
/// before a visitor asked to be forgotten never counts again, whatever happens later.</remarks>
public sealed record Interest
{
    /// <summary>A look alone.</summary>
    public const double Viewed = 0.25;

    /// <summary>Wrote an answer.</summary>
    public const double Answered = 0.75;

    /// <summary>Asked it.</summary>
    public const double Asked = 1;

    /// <summary>From here on, in either direction, the visitor has dealt with the question.</summary>
    public const double Dealt = 0.5;

    public required string Id { get; init; }

    public required string Visitor { get; init; }

    /// <summary>-1 (voted down) to 1. Not called <c>value</c>: the query language keeps that word.</summary>
    public required double Weight { get; init; }

    /// <summary>When that was done.</summary>
    public required string At { get; init; }
}
