using System.Text.Json;
using System.Text.Json.Serialization;

namespace Geode.Worker.Feeds;

/// <summary>A changed document: what every processor needs to know of it, and the rest.</summary>
public sealed record Change
{
    public required string Id { get; init; }

    /// <summary>The partition of the containers <c>questions</c>, <c>votes</c> and <c>scores</c>.</summary>
    public string? QuestionId { get; init; }

    /// <summary>Seconds since 1970, when it was written, in the region it was written in.</summary>
    [JsonPropertyName("_ts")]
    public long WrittenAt { get; init; }

    /// <summary>Its place in this region's feed.</summary>
    [JsonPropertyName("_lsn")]
    public long Lsn { get; init; }

    /// <summary>The trace of the request that made the change.</summary>
    public string? Traceparent { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement> Rest { get; init; } = [];

    public string? Text(string property) =>
        Rest.TryGetValue(property, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
