using Geode.Api.Documents;

namespace Geode.Api.Questions;

/// <summary>A question with everything under it.</summary>
/// <param name="Region">Where it was asked.</param>
/// <param name="Score">Sum of all votes as last counted.</param>
/// <param name="YourVote">-1, 0 or 1.</param>
/// <param name="IsYours">You may edit and delete it.</param>
/// <param name="History">What it was merged from, where two regions had edited it at the same time; absent otherwise.</param>
public sealed record QuestionView(
    string Id, string Title, string Body, IReadOnlyList<string> Tags, string Author, string Region, string CreatedAt, string? EditedAt,
    int Score, int YourVote, bool IsYours, string? AcceptedAnswerId, IReadOnlyList<AnswerView> Answers,
    IReadOnlyList<Documents.PostContent>? History);

/// <inheritdoc cref="QuestionView"/>
public sealed record AnswerView(
    string Id, string QuestionId, string Body, string Author, string Region, string CreatedAt,
    int Score, int YourVote, bool IsYours, bool IsAccepted);

/// <summary>A question in a list.</summary>
/// <param name="Because">In the order for you: the tag that speaks most for it; absent when none does.</param>
public sealed record QuestionSummary(
    string Id, string Title, IReadOnlyList<string> Tags, string Author, string Region, string CreatedAt, int Score, bool IsAnswered,
    string? Because = null);

/// <param name="Continuation">Give it back to get the next page; absent on the last one.</param>
public sealed record QuestionPage(IReadOnlyList<QuestionSummary> Items, string? Continuation);

/// <summary>Your vote as it now stands. The score follows when it has been counted.</summary>
public sealed record VoteView(string PostId, int Value);
