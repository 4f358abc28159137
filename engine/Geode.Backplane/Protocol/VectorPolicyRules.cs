using System.Text.Json.Nodes;
using Geode.Backplane.Query.Functions.Vectors;

namespace Geode.Backplane.Protocol;

/// <summary>What a container's <c>vectorEmbeddingPolicy</c> may be, in the words of Cosmos DB where these are known.</summary>
public static class VectorPolicyRules
{
    private const int MostDimensions = 4096;

    /// <exception cref="ProtocolException">400: what is wrong with it and what is allowed.</exception>
    public static void Check(JsonObject definition)
    {
        if (definition["vectorEmbeddingPolicy"] is not { } policy)
            return;
        if (policy is not JsonObject || policy["vectorEmbeddings"] is not (null or JsonArray))
            throw ProtocolException.BadRequest("vectorEmbeddingPolicy must be an object with an array 'vectorEmbeddings'.");
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var embedding in policy["vectorEmbeddings"] as JsonArray ?? [])
        {
            if (embedding is not JsonObject one || PathOf(one) is not { } path)
                throw ProtocolException.BadRequest("Each of vectorEmbeddings has a 'path' such as /embedding, without * and [].");
            if (!paths.Add(path))
                throw ProtocolException.BadRequest($"The Vector Embedding Policy has the path {path} more than once.");
            if (RuleText.Find(one, "distanceFunction") is not { } function || DistanceFunctions.Parse(function) is null)
                throw ProtocolException.BadRequest($"The Vector Embedding Policy has an invalid DistanceFunction:{one["distanceFunction"]} at {path}. It must be one of {string.Join(", ", Enum.GetNames<DistanceFunction>())}.");
            if (RuleText.Find(one, "dataType") is not { } type || VectorDataTypes.Parse(type) is null)
                throw ProtocolException.BadRequest($"The Vector Embedding Policy has an invalid DataType:{one["dataType"]} at {path}. It must be one of {string.Join(", ", Enum.GetNames<VectorDataType>())}.");
            CheckDimensions(one, path);
        }
    }

    /// <summary>The embeddings of a definition; what is none is left out.</summary>
    internal static IEnumerable<JsonObject> Embeddings(JsonObject definition) =>
        ((definition["vectorEmbeddingPolicy"] as JsonObject)?["vectorEmbeddings"] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>The path of an embedding or of an index; null when it has none that may be one.</summary>
    internal static string? PathOf(JsonObject vector) =>
        RuleText.Find(vector, "path") is { Length: > 1 } path && path[0] == '/' && !path.AsSpan().ContainsAny("*[]") ? path : null;

    private static void CheckDimensions(JsonObject embedding, string path)
    {
        if (RuleText.Number(embedding["dimensions"]) is not { } dimensions || dimensions < 1)
            throw ProtocolException.BadRequest($"The Vector Embedding Policy has Dimensions:{embedding["dimensions"]} at {path}. It must be a whole number from 1 to {MostDimensions}.");
        if (dimensions > MostDimensions)
            throw ProtocolException.BadRequest($"The Vector Embedding Policy has Dimensions:{dimensions} which is more than the maximum supported value {MostDimensions} at {path}.");
    }
}
