using System.Text.Json.Nodes;

namespace Geode.Backplane.Storage;

/// <summary>Creates, replaces and deletes named resources. Runs on the replica's writer, which makes each call atomic.</summary>
public static class CatalogTransaction
{
    /// <summary>Creates the resource, or returns null when one of that path is alive.</summary>
    /// <param name="numberOf">From the generation (1 for the first resource of that path) to the resource's number.</param>
    /// <param name="bodyOf">From number and etag to the resource, without <c>_etag</c> and <c>_ts</c>.</param>
    /// <param name="before">From the number to what goes before it into the same commit.</param>
    public static CatalogEntry? Create(
        ReplicaWriter writer, string path, Func<ulong, ulong> numberOf, Func<ulong, JsonObject> bodyOf, Func<ulong, IEnumerable<Operation>>? before = null)
    {
        if (writer.State.Catalog.Find(path) is not null)
            return null;
        var generation = (writer.State.Catalog.FindAny(path)?.Generation ?? 0) + 1;
        var number = numberOf(generation);
        return Put(writer, path, number, generation, bodyOf, before?.Invoke(number) ?? []);
    }

    /// <summary>Replaces a resource that is alive.</summary>
    /// <param name="before">Goes before it into the same commit.</param>
    public static CatalogEntry Replace(ReplicaWriter writer, CatalogEntry current, Func<ulong, JsonObject> bodyOf, params IEnumerable<Operation> before) =>
        Put(writer, current.Path, current.Number, current.Generation, bodyOf, before);

    public static void Delete(ReplicaWriter writer, CatalogEntry current) =>
        writer.Commit(writer.NextStamp(), new Operation(OperationKind.DeleteResource, current.Number, current.Generation, current.Path, "", default));

    private static CatalogEntry Put(ReplicaWriter writer, string path, ulong number, ulong generation, Func<ulong, JsonObject> bodyOf, IEnumerable<Operation> before)
    {
        var stamp = writer.NextStamp();
        var body = bodyOf(number);
        body["_etag"] = EntityTag.Of(writer.NextDot, number);
        body["_ts"] = HybridClock.Seconds(stamp);
        var operation = new Operation(OperationKind.PutResource, number, generation, path, "", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(body));
        return new CatalogEntry(writer.Commit(stamp, [.. before, operation]), operation);
    }
}
