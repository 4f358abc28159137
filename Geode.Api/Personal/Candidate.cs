using System.Globalization;
using Geode.Api.Documents;
using Geode.Api.Questions;
using Geode.Personal;
using Geode.Service.Identity;
using Named = Geode.Service.Identity.Visitor;

namespace Geode.Api.Personal;

/// <summary>A question that may be shown, as the learner sees it and as the list shows it.</summary>
/// <param name="Visitor">Who asked it; never shown.</param>
internal sealed record Candidate(Item Item, QuestionSummary Summary, string Visitor)
{
    /// <summary>Null: it has no time that can be read, and so no age.</summary>
    public static Candidate? Of(Listed question, int score) => DateTimeOffset.TryParse(
        question.CreatedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
        ? new(
            new(question.Id, question.Tags ?? [], question.Title ?? "", at, score),
            new(question.Id, question.Title ?? "", question.Tags ?? [], Named.PublicNameOf(question.Visitor), question.Region,
                question.CreatedAt, score, question.AcceptedAnswerId is not null),
            question.Visitor)
        : null;
}

/// <summary>What a list needs of a question: all but its text.</summary>
internal sealed record Listed
{
    public required string Id { get; init; }

    public string Kind { get; init; } = Post.QuestionKind;

    public string? Title { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public required string Visitor { get; init; }

    public required string Region { get; init; }

    public required string CreatedAt { get; init; }

    public string? AcceptedAnswerId { get; init; }
}
