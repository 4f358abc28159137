using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Protocol.Patching;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Protocol.Batches;

/// <summary>From an operation as a batch carries it to one that the store runs. What is wrong with it becomes its result, so that the
/// other operations of the batch hear of their own.</summary>
public sealed class BatchItems(Container container, TimeProvider time)
{
    private const int LargestItem = 2 << 20;

    /// <param name="shared">The partition key of a transactional batch; null when each operation brings its own.</param>
    public ItemOperation Read(BatchOperation operation, PartitionKeyValue? shared)
    {
        try
        {
            var key = ItemKeys.Whole(shared ?? OwnKey(operation), container);
            return operation.Type switch
            {
                BatchOperationType.Create => Write(operation, ItemOperationKind.Create, key),
                BatchOperationType.Upsert => Write(operation, ItemOperationKind.Upsert, key),
                BatchOperationType.Replace => Write(operation, ItemOperationKind.Replace, key),
                BatchOperationType.Patch => ById(operation, ItemOperationKind.Patch, key) with { Patch = ItemPatch.Read(TextOf(operation), container, time).Apply },
                BatchOperationType.Delete => ById(operation, ItemOperationKind.Delete, key),
                _ => ById(operation, ItemOperationKind.Read, key),
            };
        }
        catch (ProtocolException e)
        {
            return Refused(new ItemResult(e.Status, e.SubStatus, Error: e.Message));
        }
        catch (FormatException e)
        {
            return Refused(new ItemResult(400, Error: e.Message));
        }
    }

    private static ReadOnlyMemory<byte> TextOf(BatchOperation operation) => BodyFormat.AsText(operation.Body, LargestItem);

    private static PartitionKeyValue OwnKey(BatchOperation operation) =>
        PartitionKeyValue.Parse(operation.PartitionKey ?? throw new FormatException("An operation has no partition key."));

    private static ItemOperation Refused(ItemResult result) => new(ItemOperationKind.Read, "", new KeyPlace("", 0), Refusal: result);

    private ItemOperation Write(BatchOperation operation, ItemOperationKind kind, PartitionKeyValue key)
    {
        var json = TextOf(operation);
        var body = DocumentBody.Read(json);
        if (kind == ItemOperationKind.Replace && operation.Id is { } id && id != body.Id)
            throw new FormatException($"The item's id '{body.Id}' differs from the operation's '{id}'.");
        var place = container.PlaceOf(key);
        ItemKeys.RequireSame(ItemKeys.InBody(container, json), key, place.Key);
        return new ItemOperation(kind, body.Id, place, body, operation.IfMatch, operation.IfNoneMatch);
    }

    private ItemOperation ById(BatchOperation operation, ItemOperationKind kind, PartitionKeyValue key) => new(
        kind,
        operation.Id ?? throw new FormatException($"The operation {operation.Type} has no id."),
        container.PlaceOf(key),
        IfMatch: operation.IfMatch,
        IfNoneMatch: operation.IfNoneMatch);
}
