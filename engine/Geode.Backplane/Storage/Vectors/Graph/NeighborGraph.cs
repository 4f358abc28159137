namespace Geode.Backplane.Storage.Vectors.Graph;

/// <summary>
/// Which rows each row leads to. One thread writes; others follow the neighbours meanwhile and may meet a list half old, half new,
/// which costs nothing but a detour: whatever stands in a list is a row that is there.
/// </summary>
internal sealed class NeighborGraph
{
    /// <summary>Neighbours a row is given.</summary>
    public const int Degree = 48;

    /// <summary>Neighbours a row has room for: those that come to it are many, and thinning them out takes time.</summary>
    public const int Width = 64;

    private const int Shift = 10;
    private const int Mask = (1 << Shift) - 1;
    private const int Stride = Width + 1;

    private volatile int[][] _chunks = [];
    private volatile int _count;
    private volatile int _entry;

    /// <summary>Rows that have been linked: those below.</summary>
    public int Count => _count;

    /// <summary>Where every walk begins.</summary>
    public int Entry
    {
        get => _entry;
        set => _entry = value;
    }

    /// <summary>A copy of a row's neighbours.</summary>
    /// <param name="to">Of <see cref="Width"/> places.</param>
    /// <returns>How many there are.</returns>
    public int Read(int row, Span<int> to)
    {
        var list = ListOf(row);
        var count = Volatile.Read(ref list[0]);
        list.Slice(1, count).CopyTo(to);
        return count;
    }

    public void Add(ReadOnlySpan<int> neighbors)
    {
        if (_count >> Shift == _chunks.Length)
            _chunks = [.. _chunks, new int[Stride << Shift]];
        Set(_count, neighbors);
        _count++;
    }

    public void Set(int row, ReadOnlySpan<int> neighbors)
    {
        var list = ListOf(row);
        for (var i = 0; i < neighbors.Length; i++)
            Volatile.Write(ref list[i + 1], neighbors[i]);
        Volatile.Write(ref list[0], neighbors.Length);
    }

    /// <returns>False when there is no room.</returns>
    public bool TryAppend(int row, int neighbor)
    {
        var list = ListOf(row);
        if (list[0] == Width)
            return false;
        Volatile.Write(ref list[list[0] + 1], neighbor);
        Volatile.Write(ref list[0], list[0] + 1);
        return true;
    }

    private Span<int> ListOf(int row) => _chunks[row >> Shift].AsSpan((row & Mask) * Stride, Stride);
}
