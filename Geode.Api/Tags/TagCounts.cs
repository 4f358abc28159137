using System.Text.Json.Serialization;

namespace Geode.Api.Tags;

/// <summary>What one process of one region has counted in one hour, in the container <c>activity</c>. Nobody else writes it, and
/// it is written whole, so there is nothing to conflict and nothing to count twice; readers add up the regions.</summary>
internal sealed record TagCounts
{
    public const string CountsKind = "tags";

    public required string Id { get; init; }

    /// <summary>The partition.</summary>
    public required string Region { get; init; }

    public required string Kind { get; init; }

    /// <summary>Hours since 1970.</summary>
    public required long Hour { get; init; }

    public required IReadOnlyDictionary<string, long> Counts { get; init; }

    [JsonPropertyName("ttl")]
    public int TimeToLive { get; init; } = (int)TimeSpan.FromDays(2).TotalSeconds;
}
