namespace Geode.Backplane.Storage.Vectors;

/// <summary>How a vector index finds the nearest.</summary>
public enum VectorIndexType
{
    /// <summary>Looks at every vector: exact.</summary>
    Flat,

    /// <summary>Looks at every vector in a coarse form, and then closely at the best.</summary>
    QuantizedFlat,

    /// <summary>Follows a graph from neighbour to neighbour.</summary>
    DiskAnn,
}

internal static class VectorIndexTypes
{
    /// <summary>The names as Azure writes them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["flat", "quantizedFlat", "diskANN"];

    /// <summary>Null for a name that is none of them; upper and lower case are the same.</summary>
    public static VectorIndexType? Parse(string name) => name.ToUpperInvariant() switch
    {
        "FLAT" => VectorIndexType.Flat,
        "QUANTIZEDFLAT" => VectorIndexType.QuantizedFlat,
        "DISKANN" => VectorIndexType.DiskAnn,
        _ => null,
    };
}
