using System.Text.Json.Serialization;

namespace Geode.Api.Documents;

/// <summary>What a visitor wishes of the personal order, beside the visitor's <see cref="Interest"/>s.</summary>
public sealed record PersonalSettings
{
    /// <summary>No question has this id.</summary>
    public const string DocumentId = "settings";

    public string Id { get; init; } = DocumentId;

    public required string Visitor { get; init; }

    /// <summary>Nothing is recorded, and nothing that is kept is used.</summary>
    public bool Off { get; init; }

    /// <summary>What was done at or before it does not count, however late it arrives here.</summary>
    public string? ForgottenAt { get; init; }

    /// <summary>A wish does not expire with what it is about.</summary>
    [JsonPropertyName("ttl")]
    public int TimeToLive { get; init; } = -1;

    /// <summary>Whether what was done then may count.</summary>
    public bool Counts(string at) => !Off && (ForgottenAt is null || string.CompareOrdinal(at, ForgottenAt) > 0);
}
