using System.Buffers;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Protocol.Codecs.Binary;
using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Protocol.Batches;

/// <summary>The body of a batch's response, in the form its request had: HybridRow, or a JSON array.</summary>
public static class BatchAnswer
{
    /// <param name="isBinary">The items in it are binary JSON.</param>
    public static ReadOnlyMemory<byte> HybridRow(IReadOnlyList<BatchOperation> operations, IReadOnlyList<ItemResult> results, bool isBinary)
    {
        var output = new ArrayBufferWriter<byte>();
        BatchResponseWriter.Begin(output);
        for (var i = 0; i < results.Count; i++)
        {
            var body = BodyOf(operations[i], results[i]);
            BatchResponseWriter.Write(output, new BatchOperationResult
            {
                Status = results[i].Status,
                SubStatus = results[i].SubStatus,
                ETag = results[i].ETag,
                Body = isBinary && !body.IsEmpty ? BinaryJson.FromText(body.Span).Span : body.Span,
                RequestCharge = ChargeOf(operations[i], results[i]),
            });
        }

        return output.WrittenMemory;
    }

    public static ReadOnlyMemory<byte> Json(IReadOnlyList<BatchOperation> operations, IReadOnlyList<ItemResult> results)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartArray();
        for (var i = 0; i < results.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteNumber("statusCode", results[i].Status);
            if (results[i].SubStatus != 0)
                writer.WriteNumber("subStatusCode", results[i].SubStatus);
            writer.WriteNumber("requestCharge", ChargeOf(operations[i], results[i]));
            if (results[i].ETag is { } etag)
                writer.WriteString("eTag", etag);
            if (BodyOf(operations[i], results[i]) is { IsEmpty: false } body)
            {
                writer.WritePropertyName("resourceBody");
                writer.WriteRawValue(body.Span, skipInputValidation: true);
            }

            if (results[i].Error is { } error)
                writer.WriteString("message", error);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.Flush();
        return output.WrittenMemory;
    }

    public static double ChargeOf(BatchOperation operation, ItemResult result) => result.Status == 424 ? 0 : RequestCharge.Of(KindOf(operation.Type), result);

    private static ItemOperationKind KindOf(BatchOperationType type) => type switch
    {
        BatchOperationType.Read => ItemOperationKind.Read,
        BatchOperationType.Patch => ItemOperationKind.Patch,
        BatchOperationType.Delete => ItemOperationKind.Delete,
        _ => ItemOperationKind.Upsert,
    };

    private static ReadOnlyMemory<byte> BodyOf(BatchOperation operation, ItemResult result) =>
        operation.MinimalReturn && operation.Type != BatchOperationType.Read ? default : result.Json;
}
