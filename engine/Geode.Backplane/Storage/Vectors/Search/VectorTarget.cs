using Geode.Backplane.Query.Functions.Vectors;

namespace Geode.Backplane.Storage.Vectors.Search;

/// <summary>What is searched for: the vector, and by which function others are near to it.</summary>
internal sealed class VectorTarget
{
    private readonly double _error;

    private VectorTarget(float[] vector, float norm, DistanceFunction function) =>
        (Vector, Norm, Function, _error) = (vector, norm, function, VectorMath.RelativeError(vector.Length));

    public float[] Vector { get; }

    public float Norm { get; }

    public DistanceFunction Function { get; }

    /// <returns>Null for a vector whose distances a float cannot tell.</returns>
    public static VectorTarget? Of(double[] vector, DistanceFunction function)
    {
        var norm = Math.Sqrt(vector.Sum(number => number * number));
        return ItemVector.IsOrdinary(norm, function) ? new VectorTarget(Array.ConvertAll(vector, number => (float)number), (float)norm, function) : null;
    }

    /// <summary>A number that is not above the sort value of an item with that vector, and hardly below: the distance, or the
    /// similarity with its sign turned, so that less is always nearer.</summary>
    public float Least(ReadOnlySpan<float> vector, float norm)
    {
        switch (Function)
        {
            case DistanceFunction.Euclidean:
                return (float)(Math.Sqrt(VectorMath.SquaredDistance(vector, Vector)) * (1 - _error));
            case DistanceFunction.DotProduct:
                return (float)(-VectorMath.Dot(vector, Vector) - (_error * norm * Norm));
            default:
                return (float)((-VectorMath.Dot(vector, Vector) / ((double)norm * Norm)) - _error);
        }
    }
}

/// <param name="Exact">Looks at every vector.</param>
/// <param name="SearchListMultiplier">Candidates that a walk keeps in mind for each item wanted; null leaves it to the index.</param>
/// <param name="QuantizedListMultiplier">Items looked at closely for each one wanted; null leaves it to the index.</param>
internal readonly record struct VectorSearchOptions(bool Exact, int? SearchListMultiplier, int? QuantizedListMultiplier);
