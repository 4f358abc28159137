using System.Text.Json;

namespace Geode.Service.Feeds;

/// <summary>A document as a change feed shows it. Nothing about its form is taken for granted: one that is not as expected must not keep
/// the SDK from reading the others of its page.</summary>
public sealed class Change(JsonElement document)
{
    /// <summary>All of it.</summary>
    public JsonElement Document => document;

    /// <summary>The document's id.</summary>
    public string Id => Text("id") ?? "";

    /// <summary>Seconds since 1970, when it was written, in the region it was written in.</summary>
    public long WrittenAt => Number("_ts") ?? 0;

    /// <summary>Its place in this region's feed of its feed range; elsewhere another.</summary>
    public long Lsn => Number("_lsn") ?? 0;

    /// <summary>The trace of the request that made the change.</summary>
    public string? Traceparent => Text("traceparent");

    /// <summary>Null when there is none, or it is no text.</summary>
    public string? Text(string property) =>
        document.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>The texts of an array, without whatever else it holds; null when it is no array.</summary>
    public IReadOnlyList<string>? Texts(string property) =>
        document.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!)]
            : null;

    /// <summary>Null when there is none, or it is no whole number.</summary>
    public long? Number(string property) =>
        document.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : null;

    /// <summary>The value of its container's partition key.</summary>
    /// <exception cref="FormatException">It has none: a feed puts the change aside.</exception>
    public string Partition(string property) => Text(property) ?? throw new FormatException($"Document '{Id}' has no {property}.");
}
