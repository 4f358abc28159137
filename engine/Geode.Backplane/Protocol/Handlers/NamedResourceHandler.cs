using System.Text.Json.Nodes;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>Resources that are kept by name under an owner and are nothing but their JSON: create, upsert, list, query, read, replace, delete.</summary>
/// <param name="feed">The member of a list's answer that holds them.</param>
/// <param name="word">What one is called in errors.</param>
public abstract class NamedResourceHandler(string feed, string word)
{
    // What the server says of a resource; a client sends it back with a replacement.
    private static readonly string[] ServerProperties = ["_rid", "_self", "_etag", "_ts"];

    public Task HandleAsync(BackplaneRequest request) => (request.Http.Request.Method, request.Path.IsFeed) switch
    {
        ("POST", true) when request.Flag(CosmosHeaders.IsQuery) => QueryAsync(request),
        ("POST", true) => CreateAsync(request),
        ("GET", true) => ListAsync(request),
        ("GET", false) => ReadAsync(request),
        ("PUT", false) => ReplaceAsync(request),
        ("DELETE", false) => DeleteAsync(request),
        _ => throw new ProtocolException(405, $"{request.Http.Request.Method} is not an operation on a {word}."),
    };

    /// <summary>The resource's number; it dies with an owner whose number it has, or has in its upper half.</summary>
    protected abstract ulong NumberOf(CatalogEntry owner, string name, ulong generation);

    /// <summary>The resource's <c>_rid</c>, and what it says of its own children.</summary>
    protected abstract void Describe(JsonObject resource, CatalogEntry owner, ulong number, string name, ulong generation);

    /// <summary>Checks a definition that is to be written.</summary>
    /// <exception cref="ProtocolException">400: what is wrong with it and what is allowed.</exception>
    protected virtual void Check(BackplaneRequest request, JsonObject definition)
    {
    }

    /// <summary>Completes a definition by what it replaces; null when it is new.</summary>
    /// <param name="now">Unix seconds.</param>
    protected virtual void Complete(JsonObject definition, CatalogEntry? replaced, long now)
    {
    }

    /// <summary>Checks that the resource may be deleted.</summary>
    protected virtual void CheckDelete(Catalog catalog, CatalogEntry current)
    {
    }

    /// <summary>The resource under another name.</summary>
    protected virtual CatalogEntry Rename(ReplicaWriter writer, CatalogEntry current, string name, JsonObject definition) =>
        throw ProtocolException.BadRequest($"A {word} cannot be renamed: 'id' is '{name}', the path's is '{current.Name}'.");

    /// <summary>What is answered of a resource, as UTF-8 JSON.</summary>
    protected virtual ReadOnlyMemory<byte> Answer(BackplaneRequest request, CatalogEntry resource) => resource.Json;

    /// <summary>The resource's JSON with server properties but for <c>_etag</c> and <c>_ts</c>.</summary>
    protected JsonObject BodyOf(JsonObject definition, CatalogEntry owner, ulong number, string name, ulong generation)
    {
        var body = (JsonObject)definition.DeepClone();
        body["id"] = name;
        Describe(body, owner, number, name, generation);
        return body;
    }

    private async Task CreateAsync(BackplaneRequest request)
    {
        var definition = await DefinitionAsync(request);
        var name = ContainerRules.ReadName(definition);
        var isUpsert = request.Flag(CosmosHeaders.IsUpsert);
        var (made, isNew) = await request.Node.Replica.WriteAsync(writer =>
        {
            var owner = Owner(request);
            var path = $"{owner.Path}/{request.Path.Type}/{name}";
            if (isUpsert && writer.State.Catalog.Find(path) is { } current)
                return (Replace(request, writer, current, definition), false);
            Complete(definition, null, writer.Replica.UnixSeconds);
            var generation = (writer.State.Catalog.FindAny(path)?.Generation ?? 0) + 1;
            return (CatalogTransaction.Create(writer, path, g => NumberOf(owner, name, g), n => BodyOf(definition, owner, n, name, generation)), true);
        });
        if (made is null)
            throw ProtocolException.Exists($"The {word} '{name}'");
        await request.AnswerAsync(isNew ? 201 : 200, Answer(request, made), made.ETag);
    }

    private Task ListAsync(BackplaneRequest request) =>
        ResourceFeed.AnswerAsync(request, RidOf(Owner(request)), feed, Siblings(request), resource => Answer(request, resource));

    private Task QueryAsync(BackplaneRequest request) =>
        ResourceQuery.RunAsync(request, RidOf(Owner(request)), feed, Siblings(request).Select(r => Answer(request, r)));

    private Task ReadAsync(BackplaneRequest request)
    {
        var resource = Find(request);
        if (request.Header(CosmosHeaders.IfNoneMatch) is { } known && EntityTag.Matches(known, resource.ETag))
        {
            request.Answer(304, resource.ETag);
            return Task.CompletedTask;
        }

        return request.AnswerAsync(200, Answer(request, resource), resource.ETag);
    }

    private async Task ReplaceAsync(BackplaneRequest request)
    {
        var definition = await DefinitionAsync(request);
        var replaced = await request.Node.Replica.WriteAsync(writer => Replace(request, writer, Find(request), definition));
        await request.AnswerAsync(200, Answer(request, replaced), replaced.ETag);
    }

    private CatalogEntry Replace(BackplaneRequest request, ReplicaWriter writer, CatalogEntry current, JsonObject definition)
    {
        request.RequireMatch(current.ETag);
        var name = ContainerRules.ReadName(definition);
        Complete(definition, current, writer.Replica.UnixSeconds);
        return name == current.Name
            ? CatalogTransaction.Replace(writer, current, number => BodyOf(definition, Owner(request), number, name, current.Generation))
            : Rename(writer, current, name, definition);
    }

    private async Task DeleteAsync(BackplaneRequest request)
    {
        await request.Node.Replica.WriteAsync(writer =>
        {
            var current = Find(request);
            request.RequireMatch(current.ETag);
            CheckDelete(writer.State.Catalog, current);
            CatalogTransaction.Delete(writer, current);
            return true;
        });
        request.Answer(204);
    }

    private async Task<JsonObject> DefinitionAsync(BackplaneRequest request)
    {
        var definition = ContainerRules.ReadObject(await request.ReadBodyAsync());
        foreach (var property in ServerProperties)
            definition.Remove(property);
        ContainerRules.ReadName(definition);
        Check(request, definition);
        return definition;
    }

    private static IEnumerable<CatalogEntry> Siblings(BackplaneRequest request) =>
        request.Node.Catalog.Below($"{request.Path.Prefix(request.Path.Types.Length - 1)}/{request.Path.Type}/");

    private static string RidOf(CatalogEntry owner) => JsonNode.Parse(owner.Json.Span)!["_rid"]!.GetValue<string>();

    private CatalogEntry Find(BackplaneRequest request) =>
        request.Node.Catalog.Find(request.Path.Full) ?? throw ProtocolException.NotFound($"No {word} '{request.Path.Name}'.");

    private static CatalogEntry Owner(BackplaneRequest request) =>
        request.Node.Catalog.Find(request.Path.Prefix(request.Path.Types.Length - 1))
        ?? throw ProtocolException.NotFound($"There is no '{request.Path.Prefix(request.Path.Types.Length - 1)}'.");
}
