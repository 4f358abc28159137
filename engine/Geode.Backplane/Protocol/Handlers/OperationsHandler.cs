using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary><c>…/operations/partitionkeydelete</c>: deletes every item of a partition key. A prefix of a hierarchical key is refused.</summary>
public static class OperationsHandler
{
    // Between chunks other writes have their turn.
    private const int Chunk = 500;

    public static async Task HandleAsync(BackplaneRequest request)
    {
        if (request.Path.IsFeed || request.Path.Name != "partitionkeydelete" || !HttpMethods.IsPost(request.Http.Request.Method))
            throw new ProtocolException(404, "The one operation on a container is POST …/operations/partitionkeydelete.");
        var container = request.FindContainer();
        var key = ItemKeys.FromHeader(request, container);
        var charge = 0.0;
        for (ulong last = 0; ;)
        {
            var (cost, next) = await request.Node.Replica.WriteAsync(writer => DeleteChunk(writer, container, key, last));
            charge += cost;
            if (next is null)
                break;
            last = next.Value;
        }

        request.DescribePartition(container.PartitionOf(container.HashOf(key)));
        request.Charge(Math.Max(1, charge));
        request.Answer(200);
    }

    private static (double Charge, ulong? Next) DeleteChunk(ReplicaWriter writer, Container container, PartitionKeyValue key, ulong last)
    {
        if (!writer.State.Catalog.IsCurrent(container))
            throw ProtocolException.OwnerNotFound(container.Settings.Name);
        var buffer = new IDocument[Chunk];
        var place = container.PlaceOf(key);
        var count = container.PartitionOf(place.Hash).ReadByHash(place.Hash, last, buffer);
        Document[] items = [.. buffer.Take(count).Cast<Document>().Where(d => d.PartitionKey == place.Key)];
        Operation[] deletes = [.. items.Select(d =>
            new Operation(OperationKind.DeleteDocument, d.Operation.Container, d.Rid, d.Id, d.PartitionKey, default))];
        if (deletes.Length > 0)
            writer.Commit(writer.NextStamp(), deletes);
        return (items.Sum(d => RequestCharge.Delete(d.Json.Length)), count < Chunk ? null : buffer[count - 1].Rid);
    }
}
