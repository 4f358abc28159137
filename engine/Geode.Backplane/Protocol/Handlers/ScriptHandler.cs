using System.Globalization;
using System.Text.Json.Nodes;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Scripts;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>Stored procedures, triggers and user-defined functions as resources: kept, listed and replicated. A stored procedure is run by a
/// POST to it.</summary>
public static class ScriptHandler
{
    public static Task HandleAsync(BackplaneRequest request) => (request.Http.Request.Method, request.Path.IsFeed) switch
    {
        ("POST", true) when request.Flag(CosmosHeaders.IsQuery) => ResourceQuery.RunAsync(request, request.FindContainer().Rid.ToString(), FeedName(request), Siblings(request)),
        ("POST", true) => CreateAsync(request),
        ("GET", true) => ResourceFeed.AnswerAsync(request, request.FindContainer().Rid.ToString(), FeedName(request), Siblings(request)),
        ("POST", false) when request.Path.Type == "sprocs" => StoredProcedures.RunAsync(request, Find(request)),
        ("GET", false) => ReadAsync(request),
        ("PUT", false) => ReplaceAsync(request),
        ("DELETE", false) => DeleteAsync(request),
        _ => throw new ProtocolException(405, $"{request.Http.Request.Method} is not an operation on scripts."),
    };

    private static async Task CreateAsync(BackplaneRequest request)
    {
        var container = request.FindContainer();
        var definition = await DefinitionAsync(request);
        var name = ContainerRules.ReadName(definition);
        var made = await request.Node.Replica.WriteAsync(writer =>
        {
            if (!writer.State.Catalog.IsCurrent(container))
                throw ProtocolException.OwnerNotFound(container.Settings.Name);
            if (KindOf(request).Most is { } most && Siblings(request).Count() >= most)
                throw new ProtocolException(403, $"A container has at most {most} resources of the kind {Word(request)}.");
            var path = $"{request.Path.Full}/{request.Path.Type}/{name}";
            var generation = (writer.State.Catalog.FindAny(path)?.Generation ?? 0) + 1;
            // A script's number is its container's: with that it dies.
            return CatalogTransaction.Create(writer, path, _ => container.Number, _ => WithSystemProperties(request, container, definition, name, generation));
        }) ?? throw ProtocolException.Exists($"The {Word(request)} '{name}'");
        Describe(request, container);
        await request.AnswerAsync(201, made.Json, made.ETag);
    }

    // Scripts lie in a container's first partition: a session that begins with a new one has its token from there.
    private static void Describe(BackplaneRequest request, Container container)
    {
        request.DescribePartition(container.Partitions[0]);
        QuotaHeaders.SetScripts(request, KindOf(request).Quota, Siblings(request).Count(), KindOf(request).Most);
    }

    private static Task ReadAsync(BackplaneRequest request)
    {
        var script = Find(request);
        Describe(request, request.FindContainer());
        return request.AnswerAsync(200, script.Json, script.ETag);
    }

    private static async Task ReplaceAsync(BackplaneRequest request)
    {
        var container = request.FindContainer();
        var definition = await DefinitionAsync(request);
        if (ContainerRules.ReadName(definition) != request.Path.Name)
            throw ProtocolException.BadRequest("A script cannot be renamed: 'id' differs from the path.");
        var replaced = await request.Node.Replica.WriteAsync(writer =>
        {
            var current = Find(request);
            request.RequireMatch(current.ETag);
            return CatalogTransaction.Replace(writer, current, _ => WithSystemProperties(request, container, definition, current.Name, current.Generation));
        });
        Describe(request, container);
        await request.AnswerAsync(200, replaced.Json, replaced.ETag);
    }

    private static async Task DeleteAsync(BackplaneRequest request)
    {
        var container = request.FindContainer();
        await request.Node.Replica.WriteAsync(writer =>
        {
            CatalogTransaction.Delete(writer, Find(request));
            return true;
        });
        Describe(request, container);
        request.Answer(204);
    }

    private static async Task<JsonObject> DefinitionAsync(BackplaneRequest request)
    {
        var definition = ContainerRules.ReadObject(await request.ReadBodyAsync());
        return definition["body"] switch
        {
            JsonValue body when body.TryGetValue<string>(out _) => definition,
            null => throw ProtocolException.BadRequest($"The input content is invalid because the required properties - 'body; ' - are missing: a {Word(request)} has its source there."),
            _ => throw ProtocolException.BadRequest($"A {Word(request)} has a string 'body'."),
        };
    }

    private static JsonObject WithSystemProperties(BackplaneRequest request, Container container, JsonObject definition, string name, ulong generation)
    {
        var kind = KindOf(request).Kind;
        var number = ResourceNumber.Database($"{kind}\n{container.Number.ToString(CultureInfo.InvariantCulture)}\n{name}", generation);
        var rid = ResourceId.ForChild(container.Rid, kind, number).ToString();
        var body = (JsonObject)definition.DeepClone();
        body["_rid"] = rid;
        body["_self"] = $"dbs/{container.Rid.DatabaseId}/colls/{container.Rid}/{request.Path.Type}/{rid}/";
        return body;
    }

    private static IEnumerable<CatalogEntry> Siblings(BackplaneRequest request) => request.Node.Catalog.Below($"{request.Path.Prefix(2)}/{request.Path.Type}/");

    private static CatalogEntry Find(BackplaneRequest request) =>
        request.Node.Catalog.Find(request.Path.Full) ?? throw ProtocolException.NotFound($"No {Word(request)} '{request.Path.Name}'.");

    private static string FeedName(BackplaneRequest request) => KindOf(request).Feed;

    private static string Word(BackplaneRequest request) => KindOf(request).Word;

    private static (ResourceKind Kind, string Feed, string Word, string Quota, int? Most) KindOf(BackplaneRequest request) => request.Path.Type switch
    {
        "sprocs" => (ResourceKind.StoredProcedure, "StoredProcedures", "stored procedure", "storedProcedures", 100),
        "triggers" => (ResourceKind.Trigger, "Triggers", "trigger", "triggers", null),
        _ => (ResourceKind.UserDefinedFunction, "UserDefinedFunctions", "user-defined function", "functions", 50),
    };
}
