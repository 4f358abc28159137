using System.Globalization;
using System.Text;
using Geode.Backplane.Storage.Vectors;
using Geode.Backplane.Storage.Vectors.Search;

namespace Geode.Bench.Vectors;

/// <summary>Vectors by chance, the same in every run, and the exact search among them: a loop over one array, as quick as this machine
/// does it without any server.</summary>
internal sealed class VectorData
{
    // Vectors of texts differ along few directions, which is what makes their neighbours easy to find.
    private const int Directions = 24;
    private const float Noise = 0.1f;
    private const int Seed = 17;

    private readonly Random _random = new(Seed);
    private readonly int _dimensions;
    private readonly float[]? _directions;
    private readonly float[] _vectors;

    /// <param name="isHard">Every number by chance of its own: no vector has near neighbours, the worst case for every index.</param>
    public VectorData(int count, int dimensions, bool isHard)
    {
        (Count, _dimensions) = (count, dimensions);
        _directions = isHard ? null : Gaussians(Directions * dimensions);
        _vectors = new float[count * dimensions];
        for (var i = 0; i < count; i++)
            Next().CopyTo(_vectors.AsSpan(i * dimensions));
    }

    public int Count { get; }

    /// <summary>One of length one, so that the product is the cosine.</summary>
    public float[] Next()
    {
        var vector = Gaussians(_dimensions);
        if (_directions is not null)
        {
            for (var i = 0; i < vector.Length; i++)
                vector[i] *= Noise;
            for (var d = 0; d < Directions; d++)
            {
                var weight = Gaussian() / MathF.Sqrt(Directions);
                for (var i = 0; i < vector.Length; i++)
                    vector[i] += weight * _directions[(d * _dimensions) + i];
            }
        }

        var norm = MathF.Sqrt(VectorMath.Dot(vector, vector));
        return Array.ConvertAll(vector, x => x / norm);
    }

    /// <summary>The ten nearest by their angle.</summary>
    public HashSet<string> Nearest(float[] target)
    {
        var nearest = new NearestRows(10);
        for (var i = 0; i < Count; i++)
            nearest.Add(-VectorMath.Dot(_vectors.AsSpan(i * _dimensions, _dimensions), target), i);
        return [.. nearest.Sorted().Rows.Select(IdOf)];
    }

    public byte[] ItemOf(int number) => Encoding.UTF8.GetBytes(
        $$"""{"id":"{{IdOf(number)}}","pk":"{{KeyOf(number)}}","v":{{Json(_vectors.AsSpan(number * _dimensions, _dimensions))}}}""");

    public static string KeyOf(int number) => $"k{number % 100}";

    private static string IdOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Json(ReadOnlySpan<float> vector)
    {
        var text = new StringBuilder("[");
        foreach (var number in vector)
            text.Append(CultureInfo.InvariantCulture, $"{number:R},");
        text[^1] = ']';
        return text.ToString();
    }

    private float[] Gaussians(int count) => [.. Enumerable.Range(0, count).Select(_ => Gaussian())];

    // Box and Muller's way.
    private float Gaussian() => (float)(Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()));
}
