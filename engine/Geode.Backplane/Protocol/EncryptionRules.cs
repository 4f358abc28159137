using System.Text.Json.Nodes;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol;

/// <summary>What a container's <c>clientEncryptionPolicy</c> may be. The client encrypts; the server keeps the policy and the wrapped keys
/// for it, and tells it when the container is not the one that it encrypts for.</summary>
public static class EncryptionRules
{
    /// <summary>The one algorithm there is.</summary>
    public const string Algorithm = "AEAD_AES_256_CBC_HMAC_SHA256";

    private const string Property = "clientEncryptionPolicy";
    private const string Deterministic = "Deterministic";
    private const string Randomized = "Randomized";

    /// <exception cref="ProtocolException">400: what is wrong with the definition's policy and what is allowed.</exception>
    public static void CheckPolicy(JsonObject definition)
    {
        if (definition[Property] is not { } node)
        {
            definition.Remove(Property);
            return;
        }

        if (node is not JsonObject policy || policy["includedPaths"] is not JsonArray paths)
            throw Wrong("must be an object with an array 'includedPaths'");
        // Some clients leave it out for the first.
        policy["policyFormatVersion"] ??= 1;
        if (RuleText.Number(policy["policyFormatVersion"]) is not { } version || version is not (1 or 2))
            throw Wrong($"policyFormatVersion must be 1 or 2, not '{policy["policyFormatVersion"]}'");
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
            CheckPath(path, version, KeysOf(definition), known);
    }

    /// <exception cref="ProtocolException">400: the policy names a key that the database does not have.</exception>
    public static void CheckKeysExist(Catalog catalog, CatalogEntry database, JsonObject definition)
    {
        foreach (var key in Paths(definition).Select(path => RuleText.Find(path, "clientEncryptionKeyId")))
        {
            if (catalog.Find($"{database.Path}/clientencryptionkeys/{key}") is null)
                throw ProtocolException.BadRequest($"ClientEncryptionKey with id '[{key}]' does not exist. {Property} names it, so create it in the database '{database.Name}' first.");
        }
    }

    /// <exception cref="ProtocolException">400: what is stored is encrypted as the policy was.</exception>
    public static void CheckSamePolicy(CatalogEntry current, JsonObject definition)
    {
        if (!JsonNode.DeepEquals(JsonNode.Parse(current.Json.Span)![Property], definition[Property]))
            throw ProtocolException.BadRequest("'clientEncryptionPolicy' cannot be changed as part of collection replace operation. What is stored is encrypted by it.");
    }

    /// <summary>Whether a container's policy encrypts with that key.</summary>
    /// <param name="container">A container resource.</param>
    public static bool Uses(ReadOnlyMemory<byte> container, string key) =>
        Paths(JsonNode.Parse(container.Span)!.AsObject()).Any(path => RuleText.Find(path, "clientEncryptionKeyId") == key);

    /// <exception cref="ProtocolException">400/1024: the container has another <c>_rid</c> than the client knows it by.</exception>
    public static void CheckIntended(Container container, string intended)
    {
        if (!string.Equals(intended, container.RidText, StringComparison.Ordinal))
        {
            throw ProtocolException.BadRequest(
                $"The container '{container.Settings.Name}' has the _rid {container.RidText}; the request is meant for {intended} ({CosmosHeaders.IntendedCollectionRid}). The container has been made anew: read it again.",
                SubStatus.IncorrectContainerRid);
        }
    }

    private static void CheckPath(JsonNode? entry, int version, IEnumerable<string> keys, HashSet<string> known)
    {
        if (RuleText.Find(entry, "path") is not { Length: > 1 } path || path.LastIndexOf('/') != 0)
            throw Wrong($"has a path '{RuleText.Find(entry, "path")}': each is a property at the top such as /name");
        if (!known.Add(path))
            throw Wrong($"has the path {path} twice");
        if (RuleText.Find(entry, "clientEncryptionKeyId") is not { Length: > 0 })
            throw Wrong($"has no clientEncryptionKeyId for {path}");
        if (RuleText.Find(entry, "encryptionAlgorithm") != Algorithm)
            throw Wrong($"must have the encryptionAlgorithm {Algorithm} for {path}");
        var type = RuleText.Find(entry, "encryptionType");
        if (type is not (Deterministic or Randomized))
            throw Wrong($"must have the encryptionType {Deterministic} or {Randomized} for {path}, not '{type}'");
        if ((path == "/id" || keys.Contains(path)) && (version < 2 || type != Deterministic))
            throw Wrong($"encrypts {path}, which items are addressed by: that takes {Deterministic} and policyFormatVersion 2");
    }

    // The outermost properties of the partition key.
    private static IEnumerable<string> KeysOf(JsonObject definition) =>
        definition["partitionKey"]!["paths"]!.AsArray().Select(p => $"/{PartitionKeyPath.Parse(p!.GetValue<string>()).Segments[0]}");

    private static IEnumerable<JsonNode?> Paths(JsonObject definition) =>
        ((definition[Property] as JsonObject)?["includedPaths"] as JsonArray ?? []);

    private static ProtocolException Wrong(string what) => ProtocolException.BadRequest($"{Property} {what}.");
}
