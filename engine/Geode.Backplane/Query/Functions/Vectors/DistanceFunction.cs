namespace Geode.Backplane.Query.Functions.Vectors;

/// <summary>How near two vectors are to each other.</summary>
internal enum DistanceFunction
{
    Cosine,
    DotProduct,
    Euclidean,
}

internal static class DistanceFunctions
{
    /// <summary>Null for a name that is none of them; upper and lower case are the same.</summary>
    public static DistanceFunction? Parse(string name) => name.ToUpperInvariant() switch
    {
        "COSINE" => DistanceFunction.Cosine,
        "DOTPRODUCT" => DistanceFunction.DotProduct,
        "EUCLIDEAN" => DistanceFunction.Euclidean,
        _ => null,
    };

    /// <summary>True where a larger number means more alike: the most similar come first when it descends.</summary>
    public static bool IsSimilarity(this DistanceFunction function) => function != DistanceFunction.Euclidean;

    /// <summary>The number; NaN where there is none, such as for the angle to a vector without a direction.</summary>
    public static double Of(this DistanceFunction function, ReadOnlySpan<double> left, ReadOnlySpan<double> right) => function switch
    {
        DistanceFunction.DotProduct => Dot(left, right),
        DistanceFunction.Euclidean => Euclidean(left, right),
        _ => Dot(left, right) / Math.Sqrt(Dot(left, left) * Dot(right, right)),
    };

    private static double Euclidean(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += (left[i] - right[i]) * (left[i] - right[i]);
        }

        return Math.Sqrt(sum);
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
