using System.Text.Json;

namespace Geode.Backplane.Query.Functions.Vectors;

/// <summary>A container's <c>vectorEmbeddingPolicy</c>: which paths hold vectors, of which kind.</summary>
public sealed class VectorPolicy
{
    private readonly Dictionary<string, Embedding> _embeddings = new(StringComparer.Ordinal);

    /// <param name="container">A container resource that has been checked.</param>
    /// <returns>Null when it has no such policy.</returns>
    public static VectorPolicy? Read(ReadOnlyMemory<byte> container)
    {
        using var document = JsonDocument.Parse(container);
        return Read(document.RootElement);
    }

    /// <inheritdoc cref="Read(ReadOnlyMemory{byte})"/>
    public static VectorPolicy? Read(JsonElement container)
    {
        if (!container.TryGetProperty("vectorEmbeddingPolicy", out var definition)
            || definition.ValueKind != JsonValueKind.Object
            || !definition.TryGetProperty("vectorEmbeddings", out var embeddings)
            || embeddings.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var policy = new VectorPolicy();
        foreach (var embedding in embeddings.EnumerateArray())
        {
            if (embedding.ValueKind == JsonValueKind.Object && Text(embedding, "path") is { } path)
            {
                policy._embeddings[path] = Embedding.Read(embedding);
            }
        }

        return policy;
    }

    /// <summary>The vectors at a path such as <c>/text/embedding</c>; null when the policy names no such path.</summary>
    internal Embedding? Find(string path) => _embeddings.GetValueOrDefault(path);

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The vectors at one path.</summary>
    /// <param name="Dimensions">How many numbers each has; null when the policy does not say.</param>
    internal sealed record Embedding(DistanceFunction Function, VectorDataType DataType, int? Dimensions)
    {
        public static Embedding Read(JsonElement json) => new(
            Text(json, VectorFunctions.DistanceFunctionOption) is { } function ? DistanceFunctions.Parse(function) ?? DistanceFunction.Cosine : DistanceFunction.Cosine,
            Text(json, VectorFunctions.DataTypeOption) is { } type ? VectorDataTypes.Parse(type) ?? VectorDataType.Float32 : VectorDataType.Float32,
            json.TryGetProperty(VectorFunctions.DimensionsOption, out var dimensions) && dimensions.ValueKind == JsonValueKind.Number && dimensions.TryGetInt32(out var count)
                ? count
                : null);
    }
}
