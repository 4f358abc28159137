using System.Text.Json;
using System.Text.Json.Nodes;
using Geode.Backplane.Query.Indexing;

namespace Geode.Backplane.Protocol;

/// <summary>What an indexing policy may be, and what the account fills in. Indexes of vectors and of words have rules of their own.</summary>
public static class IndexingPolicyRules
{
    private const int MostPaths = 1500;
    private const int MostCompositeIndexes = 100;
    private const int MostCompositePaths = 8;
    private static readonly string[] SpatialTypes = ["Point", "LineString", "Polygon", "MultiPolygon"];

    /// <summary>Checks the definition's <c>indexingPolicy</c> and completes it.</summary>
    /// <exception cref="ProtocolException">400: what is wrong with it and what is allowed.</exception>
    public static void Complete(JsonObject definition)
    {
        if (definition["indexingPolicy"] is not (null or JsonObject))
            throw ProtocolException.BadRequest("indexingPolicy must be an object.");
        var policy = definition["indexingPolicy"] as JsonObject ?? [];
        var mode = RuleText.Of(policy, "indexingMode", "consistent").ToLowerInvariant();
        if (mode is not ("consistent" or "none"))
            throw ProtocolException.BadRequest($"indexingPolicy.indexingMode must be consistent or none, not '{mode}'. New containers cannot be indexed lazily.");
        policy["indexingMode"] = mode;
        if (policy["automatic"] is { } automatic && (automatic is not JsonValue flag || !flag.TryGetValue<bool>(out _)))
            throw ProtocolException.BadRequest("indexingPolicy.automatic must be true or false.");
        policy["automatic"] ??= mode == "consistent";
        CompletePaths(policy, mode);
        CheckCompositeIndexes(policy);
        CheckSpatialIndexes(policy, RuleText.Of(definition["geospatialConfig"] as JsonObject, "type", "Geography"));
        if (policy.Parent is null)
            definition["indexingPolicy"] = policy;
    }

    /// <summary>What a container that is there indexes. One that was made before these rules may have a policy that they refuse or would complete; refused, it
    /// counts for nothing, as it did then.</summary>
    public static RangeIndexes Read(ReadOnlyMemory<byte> container)
    {
        var definition = ContainerRules.ReadObject(container);
        try
        {
            Complete(definition);
        }
        catch (ProtocolException)
        {
            definition.Remove("indexingPolicy");
            Complete(definition);
        }

        return RangeIndexes.Read(JsonSerializer.SerializeToUtf8Bytes(definition));
    }

    /// <summary>Takes out what included paths say of kinds and precisions, which there are no longer: every index is of ranges.</summary>
    public static void DropKinds(JsonObject definition)
    {
        foreach (var path in definition["indexingPolicy"]?["includedPaths"] as JsonArray ?? [])
        {
            if (path is JsonObject included && included["indexes"] is JsonArray { Count: > 0 })
                included.Remove("indexes");
        }
    }

    private static void CompletePaths(JsonObject policy, string mode)
    {
        var included = PathsOf(policy, "includedPaths", tuples: true);
        var excluded = PathsOf(policy, "excludedPaths", tuples: false);
        if (included.Keys.FirstOrDefault(excluded.ContainsKey) is { } both)
            throw ProtocolException.BadRequest($"The indexing path '{both}' is both included and excluded.");
        if (mode == "none")
            return;
        if (included.Count + excluded.Count == 0)
            ((JsonArray)policy["includedPaths"]!).Add(new JsonObject { ["path"] = "/*" });
        else if (!included.Concat(excluded).Any(path => path.Value.Steps.Count == 0))
            throw ProtocolException.BadRequest("The special mandatory indexing path \"/\" is not provided in any of the path type sets. Please provide this path in one of the sets.");
        if (!included.Concat(excluded).Any(path => path.Value.Steps is ["_etag"]))
            ((JsonArray)policy["excludedPaths"]!).Add(new JsonObject { ["path"] = "/\"_etag\"/?" });
    }

    private static Dictionary<string, IndexPath> PathsOf(JsonObject policy, string name, bool tuples)
    {
        policy[name] ??= new JsonArray();
        if (policy[name] is not JsonArray { Count: <= MostPaths } entries)
            throw ProtocolException.BadRequest($"indexingPolicy.{name} must be an array of at most {MostPaths} objects with a 'path'.");
        var paths = new Dictionary<string, IndexPath>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var text = RuleText.Required(entry, "path", $"Each of indexingPolicy.{name} has a 'path' such as /city/?.");
            var path = Parse(text);
            if (path.End == IndexPathEnd.None || (path.HasTuple && !tuples))
                throw ProtocolException.BadRequest($"indexingPolicy.{name}: '{text}' must end with /? or /*{(path.HasTuple ? ", and only included paths may have tuples" : "")}.");
            paths[text] = path;
        }

        return paths;
    }

    private static void CheckCompositeIndexes(JsonObject policy)
    {
        if (policy["compositeIndexes"] is not { } node)
            return;
        if (node is not JsonArray { Count: <= MostCompositeIndexes } indexes)
            throw ProtocolException.BadRequest($"indexingPolicy.compositeIndexes must be an array of at most {MostCompositeIndexes} arrays of paths.");
        foreach (var index in indexes)
        {
            if (index is not JsonArray { Count: >= 2 and <= MostCompositePaths } paths)
                throw ProtocolException.BadRequest($"Each composite index has 2 to {MostCompositePaths} paths.");
            foreach (var entry in paths)
            {
                var text = RuleText.Required(entry, "path", "Each path of a composite index has a 'path' such as /city.");
                if (Parse(text) is { HasTuple: true } or { End: IndexPathEnd.Subtree })
                    throw ProtocolException.BadRequest($"indexingPolicy.compositeIndexes: '{text}' must lead to a value; wildcards and tuples are not allowed.");
                if (RuleText.Of((JsonObject)entry!, "order", "ascending") is not ("ascending" or "descending"))
                    throw ProtocolException.BadRequest($"indexingPolicy.compositeIndexes: the order of '{text}' must be ascending or descending.");
                entry!["order"] ??= "ascending";
            }
        }
    }

    private static void CheckSpatialIndexes(JsonObject policy, string geospatialType)
    {
        if (policy["spatialIndexes"] is not { } node)
            return;
        if (node is not JsonArray indexes)
            throw ProtocolException.BadRequest("indexingPolicy.spatialIndexes must be an array of objects with 'path' and 'types'.");
        foreach (var index in indexes)
        {
            var text = RuleText.Required(index, "path", "Each spatial index has a 'path' such as /location/*.");
            if (Parse(text).HasTuple)
                throw ProtocolException.BadRequest($"indexingPolicy.spatialIndexes: '{text}' must have no tuple.");
            if (index!["types"] is not JsonArray { Count: > 0 } types)
                throw ProtocolException.BadRequest($"The spatial data types array cannot be empty. Assign at least one spatial type for the 'types' array for the path {text}.");
            if (types.FirstOrDefault(type => !SpatialTypes.Contains(type?.ToString(), StringComparer.OrdinalIgnoreCase)) is { } wrong)
                throw ProtocolException.BadRequest($"indexingPolicy.spatialIndexes: '{wrong}' is not one of {string.Join(", ", SpatialTypes)}.");
            if (geospatialType == "Geometry" && index["boundingBox"] is not JsonObject)
                throw ProtocolException.BadRequest($"indexingPolicy.spatialIndexes: '{text}' needs a 'boundingBox' with xmin, ymin, xmax and ymax, because geospatialConfig.type is Geometry.");
            // As in Azure an index of one type is an index of all.
            index["types"] = new JsonArray([.. SpatialTypes.Select(type => JsonValue.Create(type))]);
        }
    }

    private static IndexPath Parse(string text)
    {
        try
        {
            return IndexPath.Parse(text);
        }
        catch (FormatException e)
        {
            throw ProtocolException.BadRequest(e.Message);
        }
    }
}
