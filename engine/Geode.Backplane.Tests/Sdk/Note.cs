using System.Text.Json.Serialization;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>What the tests store.</summary>
public sealed record Note(string Id, string Pk, int Number = 0, string? Text = null, string[]? Tags = null, Place? Place = null)
{
    [JsonPropertyName("_etag")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ETag { get; init; }

    [JsonPropertyName("ttl")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TimeToLive { get; init; }

    [JsonIgnore]
    public PartitionKey Key => new(Pk);
}

public sealed record Place(string City, string[]? Streets = null);
