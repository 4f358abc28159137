using System.Text.Json.Nodes;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage.Ranges;

namespace Geode.Backplane.Storage;

/// <summary>Databases and containers as catalog resources: their paths, numbers and system properties.</summary>
public static class DatabaseCatalog
{
    /// <returns>Null when the database exists.</returns>
    public static CatalogEntry? CreateDatabase(ReplicaWriter writer, string name) =>
        CatalogTransaction.Create(writer, $"dbs/{name}", g => ResourceNumber.Database(name, g), number => DatabaseBody(name, number));

    /// <param name="definition">A container definition that has been checked and completed.</param>
    /// <param name="ranges">It has so many partition-key ranges, and at least as many as the replica was told.</param>
    /// <returns>Null when the container exists.</returns>
    public static CatalogEntry? CreateContainer(ReplicaWriter writer, CatalogEntry database, string name, JsonObject definition, int ranges = 1) =>
        CatalogTransaction.Create(
            writer,
            $"{database.Path}/colls/{name}",
            generation => database.Number << 32 | ResourceNumber.Container((uint)database.Number, name, generation),
            number => ContainerBody(definition, number),
            number => [RangeCatalog.Begin(number, Math.Max(ranges, writer.Replica.Options.Partitions))]);

    public static CatalogEntry ReplaceContainer(ReplicaWriter writer, CatalogEntry current, JsonObject definition) =>
        CatalogTransaction.Replace(writer, current, number => ContainerBody(definition, number));

    private static JsonObject DatabaseBody(string name, ulong number)
    {
        var rid = ResourceId.ForDatabase((uint)number).ToString();
        return new JsonObject { ["id"] = name, ["_rid"] = rid, ["_self"] = $"dbs/{rid}/", ["_colls"] = "colls/", ["_users"] = "users/" };
    }

    private static JsonObject ContainerBody(JsonObject definition, ulong number)
    {
        var rid = ResourceId.ForCollection((uint)(number >> 32), (uint)number);
        var body = (JsonObject)definition.DeepClone();
        body["_rid"] = rid.ToString();
        body["_self"] = $"dbs/{rid.DatabaseId}/colls/{rid}/";
        body["_docs"] = "docs/";
        body["_sprocs"] = "sprocs/";
        body["_triggers"] = "triggers/";
        body["_udfs"] = "udfs/";
        body["_conflicts"] = "conflicts/";
        return body;
    }
}
