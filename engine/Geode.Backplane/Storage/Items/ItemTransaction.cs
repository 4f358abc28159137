using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Storage.Items;

/// <summary>Runs item operations of one logical partition as a whole: each sees what those before it did, and if one fails,
/// nothing is kept. Runs on the replica's writer.</summary>
public sealed class ItemTransaction
{
    private const int LargestItem = 2 << 20;
    private const int LargestAnswer = 4 << 20;

    private readonly ReplicaWriter _writer;
    private readonly Container _container;
    private readonly long _stamp;
    private readonly long _now;

    // Null where there are no stamps.
    private readonly TenantGuard? _tenants;

    // What operations of a batch leave to those after them; a single one leaves its change alone.
    private readonly Dictionary<ItemKey, Operation>? _changes;

    // Each change of a batch, in order: the change feed of all versions has both of two writes to one item.
    private readonly List<Operation>? _all;
    private Operation? _change;

    private ItemTransaction(ReplicaWriter writer, Container container, bool isBatch)
    {
        _changes = isBatch ? [] : null;
        _all = isBatch ? [] : null;
        _writer = writer;
        _container = container;
        _stamp = writer.NextStamp();
        _now = writer.Replica.UnixSeconds;
        _tenants = writer.Replica.Options.Tenants;
    }

    /// <summary>One result per operation. When an operation fails, the others get 424 and the store is unchanged.</summary>
    public static IReadOnlyList<ItemResult> Run(ReplicaWriter writer, Container container, params IReadOnlyList<ItemOperation> operations)
    {
        var results = new ItemResult[operations.Count];
        if (!writer.State.Catalog.IsCurrent(container))
        {
            Array.Fill(results, new ItemResult(404, SubStatus.OwnerResourceNotFound, Error: $"Owner resource does not exist: container '{container.Settings.Name}' has been deleted."));
            return results;
        }

        var transaction = new ItemTransaction(writer, container, results.Length > 1 || operations[0].Renames);
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = transaction.Run(operations[i]);
            if (i == results.Length - 1 && IsTooLarge(operations, results))
                results[i] = new ItemResult(413, Error: $"Response size is too large: the items that a batch reads have at most {LargestAnswer} bytes together.");
            if (results[i].Succeeded || results.Length == 1)
                continue;
            var failed = results[i];
            Array.Fill(results, new ItemResult(424));
            results[i] = failed;
            return results;
        }

        if (transaction._change is { } change && results[0].Succeeded)
            writer.Commit(transaction._stamp, transaction._all ?? [change]);
        return results;
    }

    /// <summary>For operations that come one by one: what they change can be seen at once by those after them, and by nobody else
    /// before <see cref="Commit"/>, without which nothing is kept.</summary>
    /// <returns>Null when the container has been deleted.</returns>
    public static ItemTransaction? Begin(ReplicaWriter writer, Container container) =>
        writer.State.Catalog.IsCurrent(container) ? new(writer, container, isBatch: true) : null;

    /// <summary>What the operations so far have made of items.</summary>
    public IReadOnlyDictionary<ItemKey, Operation> Changes => _changes!;

    public void Commit()
    {
        if (_changes!.Count > 0)
            _writer.Commit(_stamp, [.. _changes.Values]);
    }

    public ItemResult Run(ItemOperation operation)
    {
        if (operation.Refusal is { } refusal)
            return refusal;
        if (_tenants is not null && operation.Kind is not (ItemOperationKind.Read or ItemOperationKind.Delete)
            && _tenants.RefuseTenant(_writer.State.Catalog, _container, operation.PartitionKey, _now) is { } foreign)
            return foreign;
        var current = Current(operation);
        if (current is null && operation.Kind is not (ItemOperationKind.Create or ItemOperationKind.Upsert))
            return new ItemResult(404, Error: $"Entity with the specified id does not exist in the system. Resource Not Found. Learn more: https://aka.ms/cosmosdb-tsg-not-found No item '{operation.Id}' in partition {operation.PartitionKey}.");
        if (current is not null && operation.Kind == ItemOperationKind.Create)
            return new ItemResult(409, Error: $"Entity with the specified id already exists in the system: item '{operation.Id}' in partition {operation.PartitionKey}.");
        if (current is { } seen && operation.IfMatch is { } wanted && operation.Kind != ItemOperationKind.Read && !EntityTag.Matches(wanted, seen.ETag))
            return new ItemResult(412, Error: "One of the specified pre-condition is not met. Learn more: https://aka.ms/CosmosDB/sql/errors/precondition-failed The item's etag is another.");
        if (operation.Misfit is { } misfit)
            return misfit;
        return operation.Kind switch
        {
            ItemOperationKind.Replace when operation.Renames => Rename(operation, current!.Value),
            ItemOperationKind.Read => Read(operation, current!.Value),
            ItemOperationKind.Delete => Delete(operation, current!.Value),
            ItemOperationKind.Patch => Patch(operation, current!.Value),
            _ => Put(operation, operation.Body!, current),
        };
    }

    private static bool IsTooLarge(IReadOnlyList<ItemOperation> operations, ItemResult[] results) =>
        results.Length > 1 && results.Zip(operations).Sum(r => r.Second.Kind == ItemOperationKind.Read ? (long)r.First.Json.Length : 0) > LargestAnswer;

    // A read of a batch has the version that its client knows in either of the two: the .NET client writes it as If-Match.
    private static ItemResult Read(ItemOperation operation, View current) =>
        (operation.IfNoneMatch ?? operation.IfMatch) is { } known && EntityTag.Matches(known, current.ETag)
            ? new ItemResult(304, ETag: current.ETag, Ticket: current.Ticket)
            : new ItemResult(200, ETag: current.ETag, Json: current.Json, Ticket: current.Ticket);

    private ItemResult Patch(ItemOperation operation, View current)
    {
        try
        {
            return Put(operation, operation.Patch!(current.Json), current);
        }
        catch (ItemRefusedException e)
        {
            return new ItemResult(e.Status, e.SubStatus, Error: e.Message);
        }
    }

    private ItemResult Put(ItemOperation operation, DocumentBody body, View? current)
    {
        var number = current?.Rid ?? DocumentNumber.Of(++_container.LastDocumentCounter, _writer.Replica.Region);
        if (body.Open.Length > LargestItem)
            return new ItemResult(413, Error: $"Request size is too large: an item has at most {LargestItem} bytes.");
        var etag = EntityTag.Of(_writer.NextDot, number);
        var json = body.Stamp(_container.Rid, ResourceId.ForDocument(_container.Rid, number), etag, HybridClock.Seconds(_stamp));
        if (_tenants?.RefuseCharter(_container, operation.Id, json) is { } elsewhere)
            return elsewhere;
        if (_container.UniqueKeys is { } unique && IsTaken(unique, operation, json))
            return new ItemResult(409, Error: "Unique index constraint violation: another item of the partition has the same values.");
        Record(operation, new Operation(OperationKind.PutDocument, _container.Number, number, operation.Id, operation.PartitionKey, json));
        return new ItemResult(current is null ? 201 : 200, ETag: etag, Json: json, Properties: body.Properties, BytesBefore: current?.Json.Length ?? 0);
    }

    private ItemResult Rename(ItemOperation operation, View current)
    {
        var renamed = operation with { Id = operation.Body!.Id };
        if (Current(renamed) is not null)
            return new ItemResult(409, Error: $"Entity with the specified id already exists in the system: item '{renamed.Id}' in partition {renamed.PartitionKey}.");
        Delete(operation, current);
        var result = Put(renamed, renamed.Body!, null);
        return result.Succeeded ? result with { Status = 200, BytesBefore = current.Json.Length } : result;
    }

    private ItemResult Delete(ItemOperation operation, View current)
    {
        Record(operation, new Operation(OperationKind.DeleteDocument, _container.Number, current.Rid, operation.Id, operation.PartitionKey, default));
        return new ItemResult(204, BytesBefore: current.Json.Length);
    }

    private bool IsTaken(UniqueKeyIndex unique, ItemOperation operation, byte[] json)
    {
        var self = new ItemKey(operation.PartitionKey, operation.Id);
        var entries = unique.EntriesOf(operation.PartitionKey, json);
        foreach (var entry in entries)
        {
            // What this transaction changed is judged by what it changed it to.
            if (unique.HoldersOf(entry).Any(h => h != self && _changes?.ContainsKey(h) != true && _container.PartitionOf(operation.Hash).Find(h) is { } holder && holder.LiveAt(_now)))
                return true;
        }

        return _changes is not null && _changes.Any(c => c.Key != self && c.Value.Kind == OperationKind.PutDocument
            && unique.EntriesOf(c.Value.PartitionKey, c.Value.Json.Span).Intersect(entries).Any());
    }

    private void Record(ItemOperation operation, Operation change)
    {
        _change = change;
        _all?.Add(change);
        _changes?[new ItemKey(operation.PartitionKey, operation.Id)] = change;
    }

    private View? Current(ItemOperation operation)
    {
        var key = new ItemKey(operation.PartitionKey, operation.Id);
        if (_changes is not null && _changes.TryGetValue(key, out var change))
        {
            return change.Kind == OperationKind.DeleteDocument
                ? null
                : new View(change.Json, EntityTag.Of(_writer.NextDot, change.Rid), change.Rid, 0);
        }

        return _container.PartitionOf(operation.Hash).Find(key) is { } stored && stored.LiveAt(_now)
            ? new View(stored.Json, stored.ETag, stored.Rid, stored.Ticket)
            : null;
    }

    private readonly record struct View(ReadOnlyMemory<byte> Json, string ETag, ulong Rid, long Ticket);
}
