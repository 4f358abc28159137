using System.Text;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Batches;

/// <summary>A batch as the JavaScript client sends it: a JSON array of <c>{operationType, id?, partitionKey?, ifMatch?, resourceBody?}</c>.</summary>
public static class JsonBatchReader
{
    /// <exception cref="FormatException">It is something else; the message is for the client.</exception>
    public static List<BatchOperation> Read(ReadOnlyMemory<byte> json)
    {
        RequestJson.CheckText(json);
        try
        {
            using var document = JsonDocument.Parse(json, ItemText.WrappedOptions);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Select(ReadOne)]
                : throw new FormatException("A batch is an array of operations.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw ItemText.Malformed(json.Span, e);
        }
    }

    private static BatchOperation ReadOne(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || Text(json, "operationType") is not { } name || !Enum.TryParse<BatchOperationType>(name, out var type) || !Enum.IsDefined(type))
            throw new FormatException($"Each operation has an 'operationType': {string.Join(", ", Enum.GetNames<BatchOperationType>())}.");
        return new BatchOperation
        {
            Type = type,
            PartitionKey = json.TryGetProperty("partitionKey", out var key) && key.ValueKind != JsonValueKind.Null ? Text(json, "partitionKey") ?? key.GetRawText() : null,
            Id = Text(json, "id"),
            Body = json.TryGetProperty("resourceBody", out var body) ? PatchOrItem(type, body) : default,
            IfMatch = Text(json, "ifMatch"),
            IfNoneMatch = Text(json, "ifNoneMatch"),
        };
    }

    private static byte[] PatchOrItem(BatchOperationType type, JsonElement body) =>
        Encoding.UTF8.GetBytes(type == BatchOperationType.Patch && body.ValueKind == JsonValueKind.Array ? $"{{\"operations\":{body.GetRawText()}}}" : body.GetRawText());

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
