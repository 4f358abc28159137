using System.Text.Json.Nodes;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Protocol.Throughput;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Ranges;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>Containers: create, list, read, replace, delete.</summary>
public static class ContainerHandler
{
    public static Task HandleAsync(BackplaneRequest request) => (request.Http.Request.Method, request.Path.IsFeed) switch
    {
        ("POST", true) when request.Flag(CosmosHeaders.IsQuery) => ResourceQuery.RunAsync(request, RidOf(Database(request)), "DocumentCollections", Siblings(request).Select(c => SystemKey.Shown(request, c))),
        ("POST", true) => CreateAsync(request),
        ("GET", true) => ResourceFeed.AnswerAsync(request, RidOf(Database(request)), "DocumentCollections", Siblings(request), c => SystemKey.Shown(request, c)),
        ("GET", false) => ReadAsync(request),
        ("PUT", false) => ReplaceAsync(request),
        ("DELETE", false) => DeleteAsync(request),
        _ => throw new ProtocolException(405, $"{request.Http.Request.Method} is not an operation on containers."),
    };

    private static async Task CreateAsync(BackplaneRequest request)
    {
        var definition = ContainerRules.Complete(await request.ReadBodyAsync(), SystemKey.IsUnknownTo(request));
        var name = ContainerRules.ReadName(definition);
        var throughput = ThroughputRules.FromHeaders(request);
        var made = await request.Node.Replica.WriteAsync(writer => Create(writer, Database(request), name, definition, throughput))
            ?? throw ProtocolException.Exists($"Container '{name}'");
        DescribeThroughput(request, made);
        // The first token of a session over it.
        if (request.Node.Catalog.FindContainer(made.Number) is { } live)
            request.DescribePartition(live.Partitions[0]);
        await request.AnswerAsync(201, SystemKey.Shown(request, made), made.ETag);
    }

    // Whether the container draws on its database's throughput.
    private static void DescribeThroughput(BackplaneRequest request, CatalogEntry container) =>
        request.Http.Response.Headers[CosmosHeaders.ShareThroughput] = OfferCatalog.Of(request.Node.Catalog, container.Number) is null ? "True" : "False";

    private static CatalogEntry? Create(ReplicaWriter writer, CatalogEntry database, string name, JsonObject definition, JsonObject? throughput)
    {
        EncryptionRules.CheckKeysExist(writer.State.Catalog, database, definition);
        var ranges = throughput is null ? 1 : RangeSplits.RangesFor(ThroughputRules.LimitOf(throughput));
        if (DatabaseCatalog.CreateContainer(writer, database, name, definition, ranges) is not { } made)
            return null;
        // A container shares its database's throughput unless it has its own; without either it has the least.
        if (throughput is not null || OfferCatalog.Of(writer.State.Catalog, database.Number) is null)
        {
            var rid = ResourceId.ForCollection((uint)database.Number, (uint)made.Number);
            OfferCatalog.Create(writer, made, rid.ToString(), $"dbs/{rid.DatabaseId}/colls/{rid}/", throughput ?? ThroughputRules.Manual(ThroughputRules.Least));
        }

        return made;
    }

    private static Task ReadAsync(BackplaneRequest request)
    {
        var container = Find(request);
        var live = request.FindContainer();
        request.DescribePartition(live.Partitions[0]);
        if (request.Flag(CosmosHeaders.PopulateQuotaInfo))
            QuotaHeaders.Set(request, live);
        DescribeThroughput(request, container);
        return request.AnswerAsync(200, SystemKey.Shown(request, container), container.ETag);
    }

    private static async Task ReplaceAsync(BackplaneRequest request)
    {
        var definition = ContainerRules.Complete(await request.ReadBodyAsync(), SystemKey.IsUnknownTo(request));
        if (ContainerRules.ReadName(definition) != request.Path.Container)
            throw ProtocolException.BadRequest("A container cannot be renamed: 'id' differs from the path.");
        var replaced = await request.Node.Replica.WriteAsync(writer =>
        {
            var current = Find(request);
            request.RequireMatch(current.ETag);
            var before = JsonNode.Parse(current.Json.Span)!.AsObject();
            ContainerRules.CheckChange(before, definition);
            EncryptionRules.CheckSamePolicy(current, definition);
            VectorIndexRules.CheckReplacement(before, definition);
            return DatabaseCatalog.ReplaceContainer(writer, current, definition);
        });
        DescribeThroughput(request, replaced);
        await request.AnswerAsync(200, SystemKey.Shown(request, replaced), replaced.ETag);
    }

    private static async Task DeleteAsync(BackplaneRequest request)
    {
        await request.Node.Replica.WriteAsync(writer =>
        {
            var container = Find(request);
            OfferCatalog.Delete(writer, container.Number);
            CatalogTransaction.Delete(writer, container);
            return true;
        });
        request.Answer(204);
    }

    private static CatalogEntry Database(BackplaneRequest request) =>
        request.Node.Catalog.Find($"dbs/{request.Path.Database}") ?? throw ProtocolException.NotFound($"No database '{request.Path.Database}'.");

    private static IEnumerable<CatalogEntry> Siblings(BackplaneRequest request) => request.Node.Catalog.Below($"dbs/{request.Path.Database}/colls/");

    private static CatalogEntry Find(BackplaneRequest request) =>
        request.Node.Catalog.Find(request.Path.Full) ?? throw ProtocolException.NotFound($"No container '{request.Path.Container}' in database '{request.Path.Database}'.");

    private static string RidOf(CatalogEntry database) => ResourceId.ForDatabase((uint)database.Number).ToString();
}
