using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Protocol.Throughput;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>Databases: create, list, read, delete.</summary>
public static class DatabaseHandler
{
    public static Task HandleAsync(BackplaneRequest request) => (request.Http.Request.Method, request.Path.IsFeed) switch
    {
        ("POST", true) when request.Flag(CosmosHeaders.IsQuery) => ResourceQuery.RunAsync(request, "", "Databases", request.Node.Catalog.Below("dbs/")),
        ("POST", true) => CreateAsync(request),
        ("GET", true) => ResourceFeed.AnswerAsync(request, "", "Databases", request.Node.Catalog.Below("dbs/")),
        ("GET", false) => ReadAsync(request),
        ("DELETE", false) => DeleteAsync(request),
        _ => throw new ProtocolException(405, $"{request.Http.Request.Method} is not an operation on databases."),
    };

    private static async Task CreateAsync(BackplaneRequest request)
    {
        var name = ContainerRules.ReadName(ContainerRules.ReadObject(await request.ReadBodyAsync()));
        var throughput = ThroughputRules.FromHeaders(request);
        var made = await request.Node.Replica.WriteAsync(writer =>
        {
            var database = DatabaseCatalog.CreateDatabase(writer, name);
            if (database is not null && throughput is not null)
            {
                var rid = ResourceId.ForDatabase((uint)database.Number).ToString();
                OfferCatalog.Create(writer, database, rid, $"dbs/{rid}/", throughput);
            }

            return database;
        })
            ?? throw ProtocolException.Exists($"Database '{name}'");
        await request.AnswerAsync(201, made.Json, made.ETag);
    }

    private static Task ReadAsync(BackplaneRequest request)
    {
        var database = Find(request);
        return request.AnswerAsync(200, database.Json, database.ETag);
    }

    private static async Task DeleteAsync(BackplaneRequest request)
    {
        await request.Node.Replica.WriteAsync(writer =>
        {
            var database = Find(request);
            foreach (var container in request.Node.Catalog.Below($"{database.Path}/colls/").ToArray())
                OfferCatalog.Delete(writer, container.Number);
            OfferCatalog.Delete(writer, database.Number);
            CatalogTransaction.Delete(writer, database);
            return true;
        });
        request.Answer(204);
    }

    private static CatalogEntry Find(BackplaneRequest request) =>
        request.Node.Catalog.Find($"dbs/{request.Path.Database}") ?? throw ProtocolException.NotFound($"No database '{request.Path.Database}'.");
}
