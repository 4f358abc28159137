using System.Text.Json.Serialization;

namespace Geode.Service.Counters;

/// <summary>What one process of one region has counted in one hour. Nobody else writes it, and it is written whole, so there is nothing to
/// conflict and nothing to count twice; readers add up the regions.</summary>
internal sealed record CountedHour
{
    public required string Id { get; init; }

    /// <summary>The partition.</summary>
    public required string Region { get; init; }

    /// <summary>Which counters these are.</summary>
    public required string Kind { get; init; }

    /// <summary>Hours since 1970.</summary>
    public required long Hour { get; init; }

    public required IReadOnlyDictionary<string, long> Counts { get; init; }

    [JsonPropertyName("ttl")]
    public int TimeToLive { get; init; } = (int)TimeSpan.FromDays(2).TotalSeconds;
}
