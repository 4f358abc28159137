namespace Geode.Backplane.Storage.Vectors.Graph;

/// <summary>Rounds vectors to small whole numbers on a scale of their own.</summary>
internal static class Quantization
{
    private const int MostOfItem = sbyte.MaxValue;

    // Finer, for there is but one: 4,096 products with a byte of an item still fit 32 bits.
    private const int MostOfTarget = 1023;

    /// <returns>What a code is to be multiplied by, and the square of the rounded vector's length.</returns>
    public static (float Scale, float Squares) Encode(ReadOnlySpan<float> vector, Span<sbyte> codes)
    {
        var scale = ScaleOf(vector, MostOfItem);
        long squares = 0;
        for (var i = 0; i < vector.Length; i++)
        {
            var code = scale > 0 ? (int)MathF.Round(vector[i] / scale) : 0;
            codes[i] = (sbyte)code;
            squares += code * code;
        }

        return (scale, scale * scale * squares);
    }

    /// <inheritdoc cref="Encode(ReadOnlySpan{float}, Span{sbyte})"/>
    public static (float Scale, float Squares) Encode(ReadOnlySpan<float> vector, Span<short> codes)
    {
        var scale = ScaleOf(vector, MostOfTarget);
        long squares = 0;
        for (var i = 0; i < vector.Length; i++)
        {
            var code = scale > 0 ? (int)MathF.Round(vector[i] / scale) : 0;
            codes[i] = (short)code;
            squares += code * code;
        }

        return (scale, scale * scale * squares);
    }

    private static float ScaleOf(ReadOnlySpan<float> vector, int most)
    {
        var largest = 0f;
        foreach (var number in vector)
            largest = Math.Max(largest, Math.Abs(number));
        return largest / most;
    }
}

/// <summary>What distances are measured to: a place in a <see cref="GraphSpace"/>, rounded.</summary>
internal sealed class QuantizedTarget(int length)
{
    public short[] Codes { get; } = new short[length];

    public float Scale { get; private set; }

    public float Squares { get; private set; }

    /// <param name="placed">As long as the target.</param>
    public void Set(ReadOnlySpan<float> placed) => (Scale, Squares) = Quantization.Encode(placed, Codes);
}
