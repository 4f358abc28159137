using System.Text.Json.Nodes;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>A database's users: names that permissions are kept under. A user can be renamed, and keeps its <c>_rid</c> and permissions.</summary>
public sealed class UserHandler() : NamedResourceHandler("Users", "user")
{
    public static UserHandler Instance { get; } = new();

    protected override ulong NumberOf(CatalogEntry owner, string name, ulong generation) =>
        owner.Number << 32 | ResourceNumber.InDatabase((uint)owner.Number, "users", name, generation);

    protected override void Describe(JsonObject resource, CatalogEntry owner, ulong number, string name, ulong generation)
    {
        var rid = ResourceId.ForUser((uint)(number >> 32), (uint)number);
        resource["_rid"] = rid.ToString();
        resource["_self"] = $"dbs/{rid.DatabaseId}/users/{rid}/";
        resource["_permissions"] = "permissions/";
    }

    protected override CatalogEntry Rename(ReplicaWriter writer, CatalogEntry current, string name, JsonObject definition)
    {
        var catalog = writer.State.Catalog;
        var owner = catalog.Find(current.Path[..current.Path.IndexOf("/users/", StringComparison.Ordinal)])!;
        CatalogEntry[] permissions = [.. catalog.Below($"{current.Path}/permissions/")];
        var renamed = CatalogTransaction.Create(writer, $"{owner.Path}/users/{name}", _ => current.Number, number => BodyOf(definition, owner, number, name, current.Generation))
            ?? throw ProtocolException.Exists($"The user '{name}'");
        foreach (var permission in permissions)
        {
            CatalogTransaction.Create(writer, $"{renamed.Path}/permissions/{permission.Name}", _ => current.Number, _ => JsonNode.Parse(permission.Json.Span)!.AsObject());
            // What is left here would be alive again if the user were renamed back.
            CatalogTransaction.Delete(writer, permission);
        }

        CatalogTransaction.Delete(writer, current);
        return renamed;
    }
}
