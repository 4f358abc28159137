using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary><c>…/operations/partitionkeydelete</c>: deletes every item of a partition key, or of a prefix of a hierarchical one.</summary>
public static class OperationsHandler
{
    // Between chunks other writes have their turn.
    private const int Chunk = 500;

    public static async Task HandleAsync(BackplaneRequest request)
    {
        if (request.Path.IsFeed || request.Path.Name != "partitionkeydelete" || !HttpMethods.IsPost(request.Http.Request.Method))
            throw new ProtocolException(404, "The one operation on a container is POST …/operations/partitionkeydelete.");
        var container = request.FindContainer();
        if (request.Header(CosmosHeaders.PartitionKey) is null)
            throw ProtocolException.BadRequest("The header x-ms-documentdb-partitionkey is missing: it says which items to delete.");
        var scope = FeedScope.Of(request, container);
        var charge = 0.0;
        for (ulong last = 0; ;)
        {
            var (deleted, next) = await request.Node.Replica.WriteAsync(writer => DeleteChunk(writer, scope, last));
            charge += RequestCharge.Write(0) * deleted;
            if (next is null)
                break;
            last = next.Value;
        }

        request.DescribePartition(scope.Partition);
        request.Charge(Math.Max(1, charge));
        request.Answer(200);
    }

    private static (int Deleted, ulong? Next) DeleteChunk(ReplicaWriter writer, FeedScope scope, ulong last)
    {
        if (!writer.State.Catalog.IsCurrent(scope.Container))
            throw ProtocolException.OwnerNotFound(scope.Container.Settings.Name);
        var buffer = new IDocument[Chunk];
        var count = scope.LogicalPartition is null
            ? scope.Partition.ReadByRid(last, buffer)
            : scope.Partition.ReadByHash(scope.Container.HashOf(scope.Key!), last, buffer);
        Operation[] deletes = [.. buffer.Take(count).Cast<Document>().Where(scope.Contains).Select(d =>
            new Operation(OperationKind.DeleteDocument, d.Operation.Container, d.Rid, d.Id, d.PartitionKey, default))];
        if (deletes.Length > 0)
            writer.Commit(writer.NextStamp(), deletes);
        return (deletes.Length, count < Chunk ? null : buffer[count - 1].Rid);
    }
}
