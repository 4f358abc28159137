using System.Text.Json.Nodes;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Protocol;

/// <summary>What a container definition must be, and what the account fills in.</summary>
public static class ContainerRules
{
    private static readonly string[] ServerProperties = ["_rid", "_self", "_etag", "_ts", "_docs", "_sprocs", "_triggers", "_udfs", "_conflicts"];

    private const int MostUniqueKeys = 10;

    /// <summary>The definition with defaults and without server properties.</summary>
    /// <param name="isEarly">The client is from before 2018-12-31: it may leave the partition key out, and say kinds of indexes.</param>
    /// <exception cref="ProtocolException">400: what is wrong with it and what is allowed.</exception>
    public static JsonObject Complete(ReadOnlyMemory<byte> json, bool isEarly = false)
    {
        var definition = ReadObject(json);
        if (isEarly)
            definition["partitionKey"] ??= SystemKey.Definition();
        foreach (var property in ServerProperties)
            definition.Remove(property);
        ReadName(definition);
        CheckPartitionKey(definition);
        CheckTimeToLive(definition);
        CheckUniqueKeys(definition);
        ComputedPropertyRules.Check(definition);
        VectorPolicyRules.Check(definition);
        VectorIndexRules.Check(definition);
        EncryptionRules.CheckPolicy(definition);
        FullTextPolicyRules.Check(definition);
        CompleteConflictPolicy(definition);
        CompleteGeospatialConfig(definition);
        IndexingPolicyRules.Complete(definition);
        if (!isEarly)
            IndexingPolicyRules.DropKinds(definition);
        return definition;
    }

    /// <summary>What may not change in a container.</summary>
    /// <exception cref="ProtocolException">400: it does.</exception>
    public static void CheckChange(JsonObject before, JsonObject after)
    {
        var (key, other) = (before["partitionKey"]!, after["partitionKey"]!);
        // A key without a version has the first.
        if (!JsonNode.DeepEquals(key["paths"], other["paths"]) || !JsonNode.DeepEquals(key["kind"], other["kind"]) || !JsonNode.DeepEquals(key["version"] ?? 1, other["version"] ?? 1) || SystemKey.IsIn(key) != SystemKey.IsIn(other))
            throw ProtocolException.BadRequest("The partition key of a container cannot be changed.");
        if (!JsonNode.DeepEquals(before["uniqueKeyPolicy"]?["uniqueKeys"] ?? new JsonArray(), after["uniqueKeyPolicy"]?["uniqueKeys"] ?? new JsonArray()))
            throw ProtocolException.BadRequest("The unique keys of a container cannot be changed. Make a new container and copy the items.");
        if (!JsonNode.DeepEquals(before["conflictResolutionPolicy"], after["conflictResolutionPolicy"]))
            throw ProtocolException.BadRequest("The conflict resolution policy of a container cannot be changed.");
    }

    /// <summary>The body as an object.</summary>
    /// <exception cref="ProtocolException">400: it is not one.</exception>
    public static JsonObject ReadObject(ReadOnlyMemory<byte> json) => RequestJson.ParseObject(json);

    /// <summary>The resource's <c>id</c>.</summary>
    /// <exception cref="ProtocolException">400: missing, too long or with characters that cannot stand in a path.</exception>
    public static string ReadName(JsonObject resource)
    {
        if (RuleText.Find(resource, "id") is not { Length: > 0 } name)
            throw ProtocolException.BadRequest("The required property 'id' is missing or not a string.");
        if (name.Length > 255 || name.AsSpan().ContainsAny("/\\?#") || name[^1] is ' ' or '\n')
            throw ProtocolException.BadRequest($"The name '{name}' is not allowed: at most 255 characters, none of / \\ ? #, no trailing space.");
        return name;
    }

    private static void CheckPartitionKey(JsonObject definition)
    {
        if (definition["partitionKey"] is not JsonObject key || key["paths"] is not JsonArray paths)
            throw ProtocolException.BadRequest("The required property 'partitionKey' with its 'paths' is missing.");
        var kind = RuleText.Of(key, "kind", "Hash");
        var most = kind switch { "Hash" => 1, "MultiHash" => 3, _ => throw ProtocolException.BadRequest($"Partition key kind '{kind}' is not Hash or MultiHash.") };
        if (paths.Count < 1 || paths.Count > most)
            throw ProtocolException.BadRequest($"A partition key of kind {kind} has 1 to {most} paths, not {paths.Count}.");
        foreach (var path in paths)
            CheckPartitionKeyPath(path);
        if (paths.Select(p => p!.GetValue<string>()).Distinct(StringComparer.Ordinal).Count() < paths.Count)
            throw ProtocolException.BadRequest("The paths of a hierarchical partition key must differ.");
        if (key["version"] is { } version && RuleText.Number(version) is not (1 or 2))
            throw ProtocolException.BadRequest("partitionKey.version must be 1 or 2.");
        SystemKey.Check(key, kind);
        key["kind"] = kind;
    }

    private static void CheckTimeToLive(JsonObject definition)
    {
        if (definition["defaultTtl"] is { } ttl && RuleText.Number(ttl) is not (-1 or > 0))
            throw ProtocolException.BadRequest("defaultTtl must be -1 or a positive integer of seconds.");
        if (definition["ttlPropertyPath"] is not { } path)
            return;
        CheckPath(path, "ttlPropertyPath");
        if (definition["defaultTtl"] is null)
            throw ProtocolException.BadRequest("ttlPropertyPath says from when on defaultTtl counts: it needs a defaultTtl.");
    }

    private static void CheckUniqueKeys(JsonObject definition)
    {
        if (definition["uniqueKeyPolicy"] is null or JsonObject { Count: 0 })
            return;
        if (definition["uniqueKeyPolicy"] is not JsonObject policy || policy["uniqueKeys"] is not JsonArray { Count: <= MostUniqueKeys } keys)
            throw ProtocolException.BadRequest($"uniqueKeyPolicy must be an object with an array 'uniqueKeys' of at most {MostUniqueKeys} unique keys.");
        foreach (var key in keys)
        {
            if ((key as JsonObject)?["paths"] is not JsonArray { Count: > 0 and <= 16 } paths)
                throw ProtocolException.BadRequest("Each unique key has 1 to 16 'paths'.");
            foreach (var path in paths)
                CheckPath(path, "uniqueKeyPolicy.uniqueKeys.paths");
        }
    }

    private static void CompleteConflictPolicy(JsonObject definition)
    {
        var policy = definition["conflictResolutionPolicy"] as JsonObject ?? [];
        var mode = RuleText.Of(policy, "mode", "LastWriterWins");
        if (mode is not ("LastWriterWins" or "Custom"))
            throw ProtocolException.BadRequest($"conflictResolutionPolicy.mode must be LastWriterWins or Custom, not '{mode}'.");
        if (mode == "LastWriterWins" && RuleText.Of(policy, "conflictResolutionPath", "").Length == 0)
            policy["conflictResolutionPath"] = "/_ts";
        policy["mode"] = mode;
        policy["conflictResolutionPath"] ??= "";
        policy["conflictResolutionProcedure"] ??= "";
        if (RuleText.Of(policy, "conflictResolutionPath", "") is { Length: > 0 } path)
            CheckPath(path, "conflictResolutionPolicy.conflictResolutionPath");
        if (policy.Parent is null)
            definition["conflictResolutionPolicy"] = policy;
    }

    private static void CompleteGeospatialConfig(JsonObject definition)
    {
        if (definition["geospatialConfig"] is not (null or JsonObject))
            throw ProtocolException.BadRequest("geospatialConfig must be an object with a 'type'.");
        if (RuleText.Of(definition["geospatialConfig"] as JsonObject, "type", "Geography") is not ("Geography" or "Geometry"))
            throw ProtocolException.BadRequest("geospatialConfig.type must be Geography or Geometry.");
        definition["geospatialConfig"] ??= new JsonObject { ["type"] = "Geography" };
    }

    private static void CheckPartitionKeyPath(JsonNode? path)
    {
        if (!IsPath(path))
        {
            throw ProtocolException.BadRequest(
                $"The partition key component definition path '{path}' could not be accepted. Partition key paths must contain only valid characters and not contain a trailing slash or wildcard character.");
        }
    }

    private static void CheckPath(JsonNode? path, string where)
    {
        if (!IsPath(path))
            throw ProtocolException.BadRequest($"{where}: '{path}' is not a path such as /city or /address/zip.");
    }

    private static bool IsPath(JsonNode? path) => PartitionKeyPath.IsOne(RuleText.Find(path));
}
