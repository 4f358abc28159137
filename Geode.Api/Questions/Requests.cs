using System.Text.Json.Serialization;

namespace Geode.Api.Questions;

/// <summary>A question as it is asked or edited. See <see cref="Limits"/> for lengths.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record QuestionRequest(string? Title, string? Body, IReadOnlyList<string>? Tags);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AnswerRequest(string? Body);

/// <param name="Value">-1, 0 (withdraws) or 1.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record VoteRequest(int? Value);
