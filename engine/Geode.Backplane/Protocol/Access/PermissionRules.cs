using System.Text.Json.Nodes;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Access;

/// <summary>What a permission may be: <c>permissionMode</c>, <c>resource</c> and, if it is to allow no more than one partition key,
/// <c>resourcePartitionKey</c>; and what it allows.</summary>
public static class PermissionRules
{
    private const string Mode = "permissionMode";
    private const string Resource = "resource";
    private const string Key = "resourcePartitionKey";
    private const string All = "All";
    private const string Read = "Read";

    /// <exception cref="ProtocolException">400: what is wrong and what is allowed; 404: there is no such container.</exception>
    public static void Check(BackplaneRequest request, JsonObject permission)
    {
        if (Text(permission, Mode) is not { } mode || !(Is(mode, All) || Is(mode, Read)))
            throw ProtocolException.BadRequest($"{Mode} must be {Read} or {All}, not '{permission[Mode]}'.");
        permission[Mode] = Is(mode, All) ? All : Read;
        if (Text(permission, Resource) is not { } resource)
            throw ProtocolException.BadRequest($"The required property '{Resource}' is missing or not a string.");
        var path = PathOf(request.Node.Catalog, resource);
        if (path.Database != request.Path.Database)
            throw ProtocolException.BadRequest($"The resource '{resource}' is in another database than the user.");
        var container = request.Node.Catalog.FindContainer(path.Database, path.Container)
            ?? throw ProtocolException.NotFound($"The resource '{resource}' is in a container that does not exist.");
        if (permission[Key] is null)
            permission.Remove(Key);
        else
            CheckKey(container, permission);
    }

    /// <summary>What a token for it allows from now on.</summary>
    /// <param name="permission">The stored resource, which has been checked.</param>
    public static ResourceGrant GrantOf(RegionNode node, CatalogEntry entry, JsonObject permission, int seconds)
    {
        var now = node.Replica.UnixSeconds;
        var (type, name, container) = TargetOf(node.Catalog, Text(permission, Resource)!);
        return new ResourceGrant(
            entry.Path,
            entry.Generation,
            entry.Commit.Stamp,
            entry.Commit.Dot.Region.Value,
            container,
            Text(permission, Mode) == All,
            type,
            name,
            permission[Key] is JsonArray key ? PartitionKeyValue.Parse(key.ToJsonString()).ToString() : null,
            now,
            now + seconds);
    }

    // A resource that is gone is allowed to nobody; its container's number is 0.
    private static (string? Type, string? Name, ulong Container) TargetOf(Catalog catalog, string resource)
    {
        try
        {
            var path = PathOf(catalog, resource);
            var number = catalog.FindContainer(path.Database, path.Container)?.Number ?? 0;
            return path.Types.Length == 3 ? (path.Type, path.Name, number) : (null, null, number);
        }
        catch (ProtocolException e) when (e.Status == 404)
        {
            return (null, null, 0);
        }
    }

    private static ResourcePath PathOf(Catalog catalog, string resource)
    {
        // Clients percent-encode the names in links.
        var path = ResourcePath.Parse(string.Join('/', resource.Trim('/').Split('/').Select(Uri.UnescapeDataString)), catalog);
        return !path.IsFeed && path.Types is ["dbs", "colls"] or ["dbs", "colls", "docs" or "sprocs" or "triggers" or "udfs"]
            ? path
            : throw ProtocolException.BadRequest($"A permission is for a container (dbs/D/colls/C) or for an item, stored procedure, trigger or function in one (dbs/D/colls/C/docs/I, …/sprocs/S, …/triggers/T, …/udfs/U), not for '{resource}'.");
    }

    private static void CheckKey(Container container, JsonObject permission)
    {
        try
        {
            if (permission[Key] is JsonArray key && PartitionKeyValue.Parse(key.ToJsonString()) is { Count: > 0 } value && value.Count <= container.Settings.PartitionKey.Length)
                return;
        }
        catch (FormatException)
        {
            // Said below.
        }

        throw ProtocolException.BadRequest($"{Key} must be an array of 1 to {container.Settings.PartitionKey.Length} values such as [\"a\"], as the container '{container.Settings.Name}' has levels.");
    }

    private static bool Is(string text, string mode) => text.Equals(mode, StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonObject permission, string name) =>
        RuleText.Find(permission, name) is { Length: > 0 } text ? text : null;
}
