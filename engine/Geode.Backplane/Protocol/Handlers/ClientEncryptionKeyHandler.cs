using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>A database's keys for client-side encryption. What is kept is wrapped by a key that the server never sees.</summary>
public sealed class ClientEncryptionKeyHandler() : NamedResourceHandler("ClientEncryptionKeys", "client encryption key")
{
    public static ClientEncryptionKeyHandler Instance { get; } = new();

    protected override ulong NumberOf(CatalogEntry owner, string name, ulong generation) =>
        owner.Number << 32 | ResourceNumber.InDatabase((uint)owner.Number, "clientencryptionkeys", name, generation);

    protected override void Describe(JsonObject resource, CatalogEntry owner, ulong number, string name, ulong generation)
    {
        var rid = RidOf(number);
        var database = JsonNode.Parse(owner.Json.Span)!["_rid"]!.GetValue<string>();
        resource["_rid"] = rid;
        resource["_self"] = $"dbs/{database}/clientencryptionkeys/{rid}/";
    }

    protected override void Check(BackplaneRequest request, JsonObject definition)
    {
        if (RuleText.Find(definition, "encryptionAlgorithm") != EncryptionRules.Algorithm)
            throw ProtocolException.BadRequest($"encryptionAlgorithm must be {EncryptionRules.Algorithm}.");
        if (RuleText.Find(definition, "wrappedDataEncryptionKey") is not { Length: > 0 } wrapped || !Convert.TryFromBase64String(wrapped, new byte[wrapped.Length], out _))
            throw ProtocolException.BadRequest("wrappedDataEncryptionKey must be the wrapped key in base64.");
        if (definition["keyWrapMetadata"] is not JsonObject metadata)
            throw ProtocolException.BadRequest("keyWrapMetadata must be an object with 'type', 'name', 'value' and 'algorithm': what the key is wrapped with.");
        foreach (var member in (string[])["type", "name", "value", "algorithm"])
        {
            if (RuleText.Find(metadata, member) is null)
                throw ProtocolException.BadRequest($"keyWrapMetadata.{member} must be a string.");
        }
    }

    // When it was made; one from before this was kept is as old as its latest version.
    protected override void Complete(JsonObject definition, CatalogEntry? replaced, long now)
    {
        var before = replaced is null ? null : JsonNode.Parse(replaced.Json.Span);
        definition["_cts"] = (before?["_cts"] ?? before?["_ts"])?.GetValue<long>() ?? now;
    }

    protected override void CheckDelete(Catalog catalog, CatalogEntry current)
    {
        var containers = catalog.Below($"{current.Path[..current.Path.IndexOf("/clientencryptionkeys/", StringComparison.Ordinal)]}/colls/");
        if (containers.FirstOrDefault(c => EncryptionRules.Uses(c.Json, current.Name)) is { } container)
            throw new ProtocolException(409, $"The client encryption key '{current.Name}' is used by the container '{container.Name}': without it its items cannot be read.");
    }

    // Two bytes tell it from other children of a database, as Cosmos DB does.
    private static string RidOf(ulong number)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)(number >> 32));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], (uint)number);
        bytes[12] = 2;
        return Convert.ToBase64String(bytes).Replace('/', '-');
    }
}
