using System.Text.Json;
using System.Text.Json.Serialization;

namespace Geode.Api.Mesh;

/// <summary>Some changes of one feed range, in order, and the place after them.</summary>
/// <param name="Continuation">The SDK's own; valid in every region.</param>
internal sealed record FeedPage(IReadOnlyList<ChangedDocument> Changes, string Continuation);

/// <summary>A document as a change feed shows it.</summary>
internal sealed record ChangedDocument
{
    /// <summary>Its place in this region's feed of its feed range; elsewhere another.</summary>
    [JsonPropertyName("_lsn")]
    public long Lsn { get; init; }

    public string? Traceparent { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement> Properties { get; init; } = [];

    public string? Text(string property) =>
        Properties.TryGetValue(property, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public int? Number(string property) =>
        Properties.TryGetValue(property, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetInt32() : null;
}
