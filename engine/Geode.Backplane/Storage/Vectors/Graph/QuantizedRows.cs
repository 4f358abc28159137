namespace Geode.Backplane.Storage.Vectors.Graph;

/// <summary>
/// Vectors of a <see cref="GraphSpace"/> in a byte for each number, each vector on a scale of its own; rows as in
/// <see cref="VectorRows"/>. One thread adds, others read meanwhile.
/// </summary>
internal sealed class QuantizedRows(GraphSpace space)
{
    private const int Shift = 10;
    private const int Mask = (1 << Shift) - 1;

    private volatile Chunk[] _chunks = [];
    private volatile int _count;

    public GraphSpace Space => space;

    public int Count => _count;

    /// <param name="placed">A vector of the space.</param>
    public void Add(ReadOnlySpan<float> placed)
    {
        var row = _count;
        if (row >> Shift == _chunks.Length)
            _chunks = [.. _chunks, new Chunk(space.Length)];
        var (chunk, place) = (_chunks[row >> Shift], row & Mask);
        (chunk.Scales[place], chunk.Squares[place]) = Quantization.Encode(placed, chunk.Codes.AsSpan(place * space.Length, space.Length));
        _count = row + 1;
    }

    /// <summary>The square of the distance, about; rounding may make it a little less than nothing.</summary>
    public float Distance(QuantizedTarget target, int row)
    {
        var (chunk, place) = (_chunks[row >> Shift], row & Mask);
        var dot = VectorMath.Dot(target.Codes, chunk.Codes.AsSpan(place * space.Length, space.Length));
        return target.Squares + chunk.Squares[place] - (2 * target.Scale * chunk.Scales[place] * dot);
    }

    /// <summary>As above, between two rows.</summary>
    public float Distance(int left, int right)
    {
        var (one, at) = (_chunks[left >> Shift], left & Mask);
        var (two, place) = (_chunks[right >> Shift], right & Mask);
        var dot = VectorMath.Dot((ReadOnlySpan<sbyte>)one.Codes.AsSpan(at * space.Length, space.Length), two.Codes.AsSpan(place * space.Length, space.Length));
        return one.Squares[at] + two.Squares[place] - (2 * one.Scales[at] * two.Scales[place] * dot);
    }

    /// <summary>Distances of the rows from one to before another.</summary>
    public void Distances(QuantizedTarget target, int from, Span<float> to)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = Distance(target, from + i);
    }

    public void Prefetch(int row) => VectorMath.Prefetch(ref _chunks[row >> Shift].Codes[(row & Mask) * space.Length]);

    private sealed class Chunk(int length)
    {
        public readonly sbyte[] Codes = GC.AllocateUninitializedArray<sbyte>(length << Shift);
        public readonly float[] Scales = new float[1 << Shift];
        public readonly float[] Squares = new float[1 << Shift];
    }
}
