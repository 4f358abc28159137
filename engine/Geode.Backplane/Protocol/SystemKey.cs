using System.Text.Json;
using System.Text.Json.Nodes;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol;

/// <summary>Containers without a partition key of their own, as clients of protocol versions before 2018-12-31 make them. To later clients such a container
/// has the key <c>/_partitionKey</c>, with <c>systemKey</c>: items that lack it are under the empty key, <c>[]</c>, and others lie beside them.</summary>
public static class SystemKey
{
    private const string Path = "/_partitionKey";
    private const string FirstVersion = "2018-12-31";

    /// <summary>Whether the client knows nothing of such keys.</summary>
    public static bool IsUnknownTo(BackplaneRequest request) =>
        request.Header(CosmosHeaders.Version) is { } version && string.CompareOrdinal(version, FirstVersion) < 0;

    /// <summary>The key of a definition that names none.</summary>
    public static JsonObject Definition() => new() { ["paths"] = new JsonArray(Path), ["kind"] = "Hash", ["systemKey"] = true };

    /// <exception cref="ProtocolException">400: <c>systemKey</c> is no flag, or the key has levels, which such a one has not.</exception>
    public static void Check(JsonObject key, string kind)
    {
        if (key["systemKey"]?.GetValueKind() is not (null or JsonValueKind.True or JsonValueKind.False))
            throw ProtocolException.BadRequest("partitionKey.systemKey must be true or false.");
        if (IsIn(key) && kind != "Hash")
            throw ProtocolException.BadRequest("A partition key with systemKey has one path and the kind Hash.");
    }

    public static bool IsIn(JsonNode? key) => key?["systemKey"]?.GetValueKind() == JsonValueKind.True;

    /// <summary>A container's definition as the client knows it.</summary>
    public static ReadOnlyMemory<byte> Shown(BackplaneRequest request, CatalogEntry container)
    {
        if (!IsUnknownTo(request))
            return container.Json;
        var definition = JsonNode.Parse(container.Json.Span)!.AsObject();
        if (!IsIn(definition["partitionKey"]))
            return container.Json;
        definition.Remove("partitionKey");
        return JsonSerializer.SerializeToUtf8Bytes(definition);
    }
}
