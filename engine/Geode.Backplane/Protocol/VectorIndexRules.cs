using System.Text.Json.Nodes;
using Geode.Backplane.Storage.Vectors;

namespace Geode.Backplane.Protocol;

/// <summary>What an indexing policy's <c>vectorIndexes</c> may be, in the words of Cosmos DB where these are known.</summary>
public static class VectorIndexRules
{
    private const int MostFlatDimensions = 505;
    private const int MostQuantizationBytes = 512;
    private const int LeastSearchListSize = 25;
    private const int MostSearchListSize = 500;
    private const int MostShardPaths = 1;

    private static readonly string[] Quantizers = ["product", "spherical"];

    /// <param name="definition">A container's definition, whose embedding policy has been checked.</param>
    /// <exception cref="ProtocolException">400: what is wrong with it and what is allowed.</exception>
    public static void Check(JsonObject definition)
    {
        if ((definition["indexingPolicy"] as JsonObject)?["vectorIndexes"] is not { } indexes)
            return;
        if (indexes is not JsonArray array)
            throw Invalid("indexingPolicy.vectorIndexes must be an array.");
        var dimensions = VectorPolicyRules.Embeddings(definition).ToDictionary(e => VectorPolicyRules.PathOf(e)!, e => e["dimensions"]!.GetValue<int>(), StringComparer.Ordinal);
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in array)
        {
            if (node is not JsonObject index || VectorPolicyRules.PathOf(index) is not { } path)
                throw Invalid("Each of indexingPolicy.vectorIndexes is an object with a 'path' such as /embedding.");
            if (!paths.Add(path))
                throw ProtocolException.BadRequest($"The Vector Indexing Policy has the path::{path} more than once.");
            if (!dimensions.TryGetValue(path, out var length))
                throw ProtocolException.BadRequest($"The Vector Indexing Policy's path::{path} not matching in Embedding's path.");
            CheckType(index, path, length);
            CheckOptions(index, length);
            CheckShards(index);
        }
    }

    /// <summary>Vector policies and indexes may be added to a container, but not changed or taken away.</summary>
    /// <exception cref="ProtocolException">400: one would be.</exception>
    public static void CheckReplacement(JsonObject current, JsonObject definition)
    {
        if (!HasAll(VectorPolicyRules.Embeddings(current), VectorPolicyRules.Embeddings(definition)))
            throw ProtocolException.BadRequest("Paths in existing embedding policy cannot be modified in Collection Replace: give the vectorEmbeddings that the container has, unchanged.");
        if (!HasAll(Indexes(current), Indexes(definition)))
            throw ProtocolException.BadRequest("Paths in existing vector indexing policy cannot be modified in Collection Replace: give the vectorIndexes that the container has, unchanged.");
    }

    private static bool HasAll(IEnumerable<JsonObject> before, IEnumerable<JsonObject> after)
    {
        var now = after.ToList();
        return before.All(one => now.Exists(other => JsonNode.DeepEquals(one, other)));
    }

    // What an older version kept unchecked binds nobody.
    private static IEnumerable<JsonObject> Indexes(JsonObject definition) =>
        ((definition["indexingPolicy"] as JsonObject)?["vectorIndexes"] as JsonArray ?? []).OfType<JsonObject>();

    private static void CheckType(JsonObject index, string path, int dimensions)
    {
        var name = RuleText.Find(index["type"]);
        if (name is null || VectorIndexTypes.Parse(name) is not { } type)
            throw ProtocolException.BadRequest($"The Vector Indexing Policy's Index Type::{name} is invalid. The allowed types are {string.Join(", ", VectorIndexTypes.Names)}.");
        if (type == VectorIndexType.Flat && dimensions > MostFlatDimensions)
        {
            throw ProtocolException.BadRequest(
                $"The Vector Indexing Policy's path::{path} has Dimensions:{dimensions} which is more than the maximum supported value {MostFlatDimensions} of Index Type::flat.");
        }
    }

    private static void CheckOptions(JsonObject index, int dimensions)
    {
        CheckRange(index["quantizationByteSize"], "The Vector Indexing Policy parameter QuantizationByteSize", 1, Math.Min(dimensions, MostQuantizationBytes));
        CheckRange(index["indexingSearchListSize"], "The Vector Indexing Policy parameter IndexingSearchListSize", LeastSearchListSize, MostSearchListSize);
        if (index["quantizerType"] is { } quantizer && !(RuleText.Find(quantizer) is { } name && Quantizers.Contains(name, StringComparer.OrdinalIgnoreCase)))
            throw ProtocolException.BadRequest($"The Vector Indexing Policy's QuantizerType::{quantizer} is invalid. The allowed types are {string.Join(", ", Quantizers)}.");
    }

    private static void CheckRange(JsonNode? node, string name, int least, int most)
    {
        if (node is null)
            return;
        if (RuleText.Number(node) is not { } number)
            throw Invalid($"{name} must be a whole number.");
        if (number < least || number > most)
            throw ProtocolException.BadRequest($"{name} value :: {number} is out of range. The allowed range is between {least} and {most}.");
    }

    private static void CheckShards(JsonObject index)
    {
        if (index["vectorIndexShardKey"] is not { } keys)
            return;
        if (keys is not JsonArray paths)
            throw Invalid("vectorIndexShardKey must be an array of paths.");
        if (paths.Count > MostShardPaths)
            throw ProtocolException.BadRequest($"The number of shard paths defined in the Vector Indexing Policy: {paths.Count} exceeds the maximum: {MostShardPaths}.");
        foreach (var path in paths)
        {
            if (RuleText.Find(path) is not { Length: > 1 } text || text[0] != '/')
                throw ProtocolException.BadRequest($"The Vector Indexing Policy has an invalid Shard Path: {path}. A path is such as /city.");
        }
    }

    private static ProtocolException Invalid(string what) => ProtocolException.BadRequest($"One of the specified inputs is invalid: {what}");
}
