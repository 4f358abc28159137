using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Protocol;

/// <summary>What an answer says of the resource's parent, by name and by <c>_rid</c>. Clients keep session tokens per container, and
/// learn from these two headers which container an answer is about: without them the JavaScript client keeps none.</summary>
public static class ContentPaths
{
    /// <summary>Sets both headers, whatever the answer will be: clients take the session token of a 404 or 409 as well. Databases,
    /// offers and the account have no parent with a name.</summary>
    public static void Describe(BackplaneRequest request)
    {
        var parents = request.Path.IsFeed ? request.Path.Names.Length : request.Path.Names.Length - 1;
        var (name, rid) = parents switch
        {
            1 => OfDatabase(request),
            2 => OfContainer(request),
            _ => (null, null),
        };
        if (rid is null)
            return;
        request.Http.Response.Headers[CosmosHeaders.AltContentPath] = name;
        request.Http.Response.Headers[CosmosHeaders.ContentPath] = rid;
    }

    private static (string? Name, string? Rid) OfDatabase(BackplaneRequest request) =>
        request.Path.Types[0] == "dbs" && request.Node.Catalog.Find($"dbs/{request.Path.Database}") is { } database
            ? ($"dbs/{Uri.EscapeDataString(request.Path.Database)}", ResourceId.ForDatabase((uint)database.Number).ToString())
            : (null, null);

    private static (string? Name, string? Rid) OfContainer(BackplaneRequest request) =>
        request.Path.Types is ["dbs", "colls", ..] && request.Node.Catalog.FindContainer(request.Path.Database, request.Path.Container) is { } container
            ? (container.Link, container.RidText)
            : (null, null);
}
