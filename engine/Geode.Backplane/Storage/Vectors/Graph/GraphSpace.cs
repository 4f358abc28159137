using Geode.Backplane.Query.Functions.Vectors;

namespace Geode.Backplane.Storage.Vectors.Graph;

/// <summary>
/// Where the nearest by any of the functions are the nearest by Euclid, as a graph of neighbours needs it: by their angle vectors are
/// brought to one length; by their product they get one number more that makes them equally long (Bachrach et al., "Speeding up the
/// Xbox recommender system using a Euclidean transformation for inner-product spaces", RecSys 2014). The middle of all is moved to
/// zero, so that what quantisation rounds is what vectors differ in.
/// </summary>
internal sealed class GraphSpace
{
    // So many vectors tell where the middle is.
    private const int MostSampled = 4096;

    // Some room for vectors longer than all so far.
    private const float Room = 1.1f;

    private readonly DistanceFunction _function;
    private readonly int _dimensions;
    private readonly float[] _middle;

    private GraphSpace(DistanceFunction function, int dimensions)
    {
        (_function, _dimensions) = (function, dimensions);
        var used = dimensions + (function == DistanceFunction.DotProduct ? 1 : 0);
        Length = (used + VectorMath.CodeBlock - 1) / VectorMath.CodeBlock * VectorMath.CodeBlock;
        _middle = new float[Length];
    }

    /// <summary>Numbers of a vector in this space, padded for <see cref="VectorMath"/>.</summary>
    public int Length { get; }

    /// <summary>The longest vector that has a place of its own; only where the function is the product.</summary>
    public float Radius { get; private init; } = float.PositiveInfinity;

    /// <summary>A space that suits the vectors that are there.</summary>
    public static GraphSpace Of(DistanceFunction function, VectorRows rows)
    {
        var longest = 0f;
        if (function == DistanceFunction.DotProduct)
        {
            for (var row = 0; row < rows.Count; row++)
                longest = Math.Max(longest, rows.NormOf(row));
        }

        var space = new GraphSpace(function, rows.Dimensions) { Radius = function == DistanceFunction.DotProduct ? longest * Room : float.PositiveInfinity };
        var (scratch, placed, sums) = (new float[rows.Dimensions], new float[space.Length], new double[space.Length]);
        var (step, sampled) = (Math.Max(1, rows.Count / MostSampled), 0);
        for (var row = 0; row < rows.Count; row += step, sampled++)
        {
            space.Place(rows.Read(row, scratch), rows.NormOf(row), placed);
            for (var i = 0; i < sums.Length; i++)
                sums[i] += placed[i];
        }

        for (var i = 0; i < sums.Length && sampled > 0; i++)
            space._middle[i] = (float)(sums[i] / sampled);
        return space;
    }

    /// <summary>Where an item's vector lies.</summary>
    /// <param name="to">Of <see cref="Length"/> numbers.</param>
    public void Place(ReadOnlySpan<float> vector, float norm, Span<float> to)
    {
        Scale(vector, _function == DistanceFunction.Cosine && norm > 0 ? 1 / norm : 1, to);
        if (_function == DistanceFunction.DotProduct)
            to[_dimensions] = MathF.Sqrt(Math.Max(0, (Radius * Radius) - (norm * norm)));
        Centre(to);
    }

    /// <summary>Where one looks from for what is nearest to a vector.</summary>
    /// <param name="to">Of <see cref="Length"/> numbers.</param>
    public void PlaceTarget(ReadOnlySpan<float> vector, float norm, Span<float> to)
    {
        var scale = _function switch
        {
            DistanceFunction.Cosine when norm > 0 => 1 / norm,
            DistanceFunction.DotProduct when norm > 0 => Radius / norm,
            _ => 1,
        };
        Scale(vector, scale, to);
        Centre(to);
    }

    private void Scale(ReadOnlySpan<float> vector, float by, Span<float> to)
    {
        for (var i = 0; i < vector.Length; i++)
            to[i] = vector[i] * by;
        to[vector.Length..].Clear();
    }

    private void Centre(Span<float> numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] -= _middle[i];
    }
}
