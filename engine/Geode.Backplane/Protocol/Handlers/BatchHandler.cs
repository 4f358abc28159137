using Geode.Backplane.Protocol.Batches;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>Many item operations in one request: a transactional batch, which is all or nothing within one logical partition, or bulk,
/// where each operation stands for itself.</summary>
public static class BatchHandler
{
    private const int MostOperations = 100;
    private const int LargestBatch = 2 << 20;

    // Room for the frame around operations that are 2 MB together.
    private const int LargestBody = LargestBatch + (64 << 10);

    public static async Task HandleAsync(BackplaneRequest request)
    {
        var container = request.FindContainer();
        var body = await request.ReadBodyAsync(LargestBody);
        // HybridRow begins with its version, which is no character.
        var isJson = body.Length > 0 && body.Span[0] is (byte)'[' or (byte)'{';
        var operations = isJson ? JsonBatchReader.Read(body) : BatchRequestReader.Read(body);
        if (operations.Count is 0 or > MostOperations)
            throw ProtocolException.BadRequest($"Batch request has {operations.Count} operations; 1 to {MostOperations} are supported.");
        if (operations.Sum(o => (long)o.Body.Length) > LargestBatch)
            throw new ProtocolException(413, $"Request size is too large: the operations of a batch have at most {LargestBatch} bytes together.");
        request.Caller.AuthorizeBatch(request, container, operations);
        var results = request.Flag(CosmosHeaders.BatchAtomic)
            ? await TransactAsync(request, container, operations)
            : await RunEachAsync(request, container, operations);
        request.Charge(operations.Zip(results, BatchAnswer.ChargeOf).Sum());
        await request.AnswerAsync(
            results.All(r => r.Status < 300) ? 200 : 207,
            isJson ? BatchAnswer.Json(operations, results) : BatchAnswer.HybridRow(operations, results, BodyFormat.IsBinaryForItems(request)));
    }

    private static async Task<IReadOnlyList<ItemResult>> TransactAsync(BackplaneRequest request, Container container, List<BatchOperation> operations)
    {
        var key = ItemKeys.FromHeader(request, container);
        if (operations.Exists(o => o.Type == BatchOperationType.Read))
            await Sessions.WaitAsync(request, container, container.PartitionOf(container.HashOf(key)));
        var items = new BatchItems(container, request.Node.Replica.Time);
        ItemOperation[] run = [.. operations.Select(o => items.Read(o, key))];
        var results = await request.Node.Replica.WriteAsync(writer => ItemTransaction.Run(writer, container, run));
        request.DescribePartition(container.PartitionOf(container.HashOf(key)));
        return results;
    }

    private static async Task<IReadOnlyList<ItemResult>> RunEachAsync(BackplaneRequest request, Container container, List<BatchOperation> operations)
    {
        var items = new BatchItems(container, request.Node.Replica.Time);
        ItemOperation[] run = [.. operations.Select(o => items.Read(o, null))];
        var (partition, results) = await request.Node.Replica.WriteAsync((Partition, ItemResult[]) (writer) =>
        {
            // No split comes between here and the last operation: either the range is there, or nothing was done.
            var partition = FeedScope.Of(request, container).Partition;
            return (partition, [.. run.Select(o => ItemTransaction.Run(writer, container, o)[0])]);
        });
        request.DescribePartition(partition);
        return results;
    }
}
