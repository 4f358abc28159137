using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Storage.Vectors;

/// <summary>Reads the vector at one path out of items, as VectorDistance does.</summary>
internal sealed class ItemVector(VectorIndexDefinition definition)
{
    // Squares of numbers beyond would not fit a float, or be lost in it.
    private const double LongestNorm = 1e15;
    private const double ShortestNorm = 1e-15;

    private readonly PropertyName[] _path = [.. definition.Path[1..].Split('/').Select(name => new PropertyName(name))];
    private double[]? _numbers;

    public enum Kind
    {
        /// <summary>The item is not near to anything.</summary>
        None,

        /// <summary>It is found through the index.</summary>
        Fits,

        /// <summary>It has a vector whose distances a float cannot tell: it is looked at by itself.</summary>
        Extreme,
    }

    /// <param name="vector">As long as the index has dimensions.</param>
    /// <param name="norm">The vector's length.</param>
    public Kind Read(Document document, Span<float> vector, out float norm)
    {
        norm = 0;
        var value = SqlValue.Parse(document.Json);
        foreach (var name in _path)
            value = value[name];
        _numbers ??= new double[definition.Dimensions];
        if (!definition.DataType.TryRead(value, _numbers))
            return Kind.None;
        var squares = 0.0;
        for (var i = 0; i < _numbers.Length; i++)
        {
            vector[i] = (float)_numbers[i];
            squares += _numbers[i] * _numbers[i];
        }

        var length = Math.Sqrt(squares);
        norm = (float)length;
        return IsOrdinary(length, definition.Function) ? Kind.Fits : Kind.Extreme;
    }

    /// <summary>Whether sums of floats tell how far a vector of that length is from others.</summary>
    public static bool IsOrdinary(double norm, DistanceFunction function) =>
        norm is >= ShortestNorm and <= LongestNorm || (norm == 0 && function != DistanceFunction.Cosine);
}
