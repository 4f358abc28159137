using System.Text.Json;

namespace Geode.Api.Mesh;

/// <summary>Some changes of one feed range, in order, and the place after them.</summary>
/// <param name="Continuation">The SDK's own; valid in every region.</param>
internal sealed record FeedPage(IReadOnlyList<ChangedDocument> Changes, string Continuation);

/// <summary>A document as a change feed shows it. Nothing about its form is taken for granted.</summary>
internal sealed class ChangedDocument(JsonElement document)
{
    public JsonElement Document => document;

    /// <summary>Its place in this region's feed of its feed range; elsewhere another.</summary>
    public long Lsn => document.TryGetProperty("_lsn", out var value) && value.TryGetInt64(out var lsn) ? lsn : 0;

    public string? Text(string property) =>
        document.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>The texts of an array, without whatever else it holds.</summary>
    public IReadOnlyList<string>? Texts(string property) =>
        document.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!)]
            : null;

    public int? Number(string property) =>
        document.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : null;
}
