using System.Globalization;
using Geode.Personal;

namespace Geode.Worker.Personal;

/// <summary>What training needs of a document in <c>interests</c>: what a visitor did with a question, or, under the id <c>settings</c>, what the
/// visitor wishes.</summary>
internal sealed record Interest
{
    public required string Id { get; init; }

    public required string Visitor { get; init; }

    /// <summary>-1 to 1; absent on wishes.</summary>
    public double? Weight { get; init; }

    public string? At { get; init; }

    /// <summary>The deed; null: it is none that could be.</summary>
    public Deed? ToDeed(DateTimeOffset now) =>
        Weight is >= -1 and <= 1 && Time.Read(At) is { } at && at <= now + TrainingData.ClocksDiffer ? new(Visitor, Id, Weight.Value, at) : null;
}

/// <inheritdoc cref="Interest"/>
internal sealed record Wish
{
    public required string Visitor { get; init; }

    /// <summary>Nothing of the visitor's is learned from.</summary>
    public bool Off { get; init; }

    /// <summary>Nothing that was done at or before it is.</summary>
    public string? ForgottenAt { get; init; }

    public bool Allows(string? at) => !Off && !IsForgotten(at);

    public bool IsForgotten(string? at) => ForgottenAt is not null && string.CompareOrdinal(at, ForgottenAt) <= 0;
}

/// <summary>What training needs of a question.</summary>
internal sealed record Question(string Id, string? Title, IReadOnlyList<string>? Tags, string? CreatedAt)
{
    public Item? ToItem(IReadOnlyDictionary<string, int> scores) =>
        Time.Read(CreatedAt) is { } at ? new(Id, Tags ?? [], Title ?? "", at, scores.GetValueOrDefault(Id)) : null;
}

/// <summary>What training needs of a score.</summary>
internal sealed record QuestionScore(string Id, int Total);

/// <summary>Times as documents hold them.</summary>
internal static class Time
{
    public static DateTimeOffset? Read(string? text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
