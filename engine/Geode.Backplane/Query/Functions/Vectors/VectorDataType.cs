using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions.Vectors;

/// <summary>What the numbers of a vector are kept as: they are rounded to it, or are no such vector where they do not fit.</summary>
internal enum VectorDataType
{
    Float32,
    Float16,
    Int8,
    Uint8,
}

internal static class VectorDataTypes
{
    /// <summary>Null for a name that is none of them; upper and lower case are the same.</summary>
    public static VectorDataType? Parse(string name) => name.ToUpperInvariant() switch
    {
        "FLOAT32" => VectorDataType.Float32,
        "FLOAT16" => VectorDataType.Float16,
        "INT8" => VectorDataType.Int8,
        "UINT8" => VectorDataType.Uint8,
        _ => null,
    };

    /// <summary>The vector in a value; null when it is no array of numbers of that type.</summary>
    public static double[]? Read(this VectorDataType type, in SqlValue value)
    {
        if (!value.IsArray)
        {
            return null;
        }

        var numbers = new double[value.Count];
        return type.TryRead(value, numbers) ? numbers : null;
    }

    /// <summary>Reads the vector in a value.</summary>
    /// <param name="numbers">As long as the vector has to be.</param>
    /// <returns>False when the value is no array of so many numbers of that type.</returns>
    public static bool TryRead(this VectorDataType type, in SqlValue value, Span<double> numbers)
    {
        if (!value.IsArray)
        {
            return false;
        }

        var count = 0;
        foreach (var item in value.Items)
        {
            if (count == numbers.Length || !item.IsNumber || !type.TryRound(item.Number, out numbers[count++]))
            {
                return false;
            }
        }

        return count == numbers.Length;
    }

    private static bool TryRound(this VectorDataType type, double number, out double rounded)
    {
        rounded = type switch
        {
            VectorDataType.Float32 => (float)number,
            VectorDataType.Float16 => (double)(Half)number,
            _ => number,
        };
        return type switch
        {
            VectorDataType.Int8 => number is >= sbyte.MinValue and <= sbyte.MaxValue && Math.Floor(number) == number,
            VectorDataType.Uint8 => number is >= byte.MinValue and <= byte.MaxValue && Math.Floor(number) == number,
            _ => double.IsFinite(rounded),
        };
    }
}
