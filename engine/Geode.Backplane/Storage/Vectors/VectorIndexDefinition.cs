using System.Text.Json;
using Geode.Backplane.Query.Functions.Vectors;

namespace Geode.Backplane.Storage.Vectors;

/// <summary>One of a container's <c>vectorIndexes</c>, with what its <c>vectorEmbeddingPolicy</c> says of the same path.</summary>
/// <param name="Path">As in <c>/text/embedding</c>.</param>
/// <param name="SearchListSize">How many candidates are kept while an item's neighbours are looked for.</param>
public sealed record VectorIndexDefinition(string Path, VectorIndexType Type, int Dimensions, int SearchListSize)
{
    /// <summary>Azure's default.</summary>
    public const int DefaultSearchListSize = 100;

    internal DistanceFunction Function { get; init; }

    internal VectorDataType DataType { get; init; }

    /// <summary>The vector indexes of a container resource that has been checked.</summary>
    public static IReadOnlyList<VectorIndexDefinition> ReadAll(JsonElement container)
    {
        if (VectorPolicy.Read(container) is not { } policy
            || !container.TryGetProperty("indexingPolicy", out var indexing) || indexing.ValueKind != JsonValueKind.Object
            || !indexing.TryGetProperty("vectorIndexes", out var indexes) || indexes.ValueKind != JsonValueKind.Array)
            return [];
        return [.. indexes.EnumerateArray().Select(index => Read(index, policy)).OfType<VectorIndexDefinition>()];
    }

    // What was kept unchecked by an older version is no index.
    private static VectorIndexDefinition? Read(JsonElement index, VectorPolicy policy)
    {
        if (index.ValueKind != JsonValueKind.Object
            || !index.TryGetProperty("path", out var path) || path.ValueKind != JsonValueKind.String
            || !index.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || VectorIndexTypes.Parse(type.GetString()!) is not { } kind
            || policy.Find(path.GetString()!) is not { Dimensions: { } dimensions } embedding)
            return null;
        var size = index.TryGetProperty("indexingSearchListSize", out var given) && given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var number)
            ? number
            : DefaultSearchListSize;
        return new VectorIndexDefinition(path.GetString()!, kind, dimensions, size) { Function = embedding.Function, DataType = embedding.DataType };
    }
}
