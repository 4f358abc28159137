using System.Text.Json.Nodes;
using Geode.Backplane.Query.Functions.Vectors;

namespace Geode.Backplane.Protocol;

/// <summary>What a container's <c>vectorEmbeddingPolicy</c> may be.</summary>
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
        foreach (var embedding in policy["vectorEmbeddings"] as JsonArray ?? [])
        {
            if (Text(embedding, "path") is not { Length: > 1 } path || path[0] != '/')
                throw ProtocolException.BadRequest("Each of vectorEmbeddings has a 'path' such as /embedding.");
            if (Text(embedding, "distanceFunction") is not { } function || DistanceFunctions.Parse(function) is null)
                throw ProtocolException.BadRequest($"The distanceFunction of {path} must be one of {string.Join(", ", Enum.GetNames<DistanceFunction>())}.");
            if (Text(embedding, "dataType") is not { } type || VectorDataTypes.Parse(type) is null)
                throw ProtocolException.BadRequest($"The dataType of {path} must be one of {string.Join(", ", Enum.GetNames<VectorDataType>())}.");
            if (embedding!["dimensions"] is not JsonValue value || !value.TryGetValue<int>(out var dimensions) || dimensions is < 1 or > MostDimensions)
                throw ProtocolException.BadRequest($"The dimensions of {path} must be a number from 1 to {MostDimensions}.");
        }
    }

    private static string? Text(JsonNode? embedding, string name) =>
        embedding is JsonObject o && o[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
