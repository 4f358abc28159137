using System.Numerics;
using Geode.Backplane.Query.Functions.Vectors;

namespace Geode.Backplane.Storage.Vectors;

/// <summary>
/// The vectors of a partition's items, row after row. One thread adds; any number read meanwhile, without a lock: rows are never
/// moved, changed or used again. A row that is no item's any more is marked, and stays until the rows are copied without it.
/// </summary>
internal sealed class VectorRows(int dimensions, VectorDataType type)
{
    // About so many numbers in a chunk: small containers take little, and a chunk is still long to run through.
    private const int NumbersPerChunk = 64 * 1024;

    private readonly int _shift = BitOperations.Log2((uint)Math.Clamp(NumbersPerChunk / dimensions, 16, 1024));
    private volatile VectorChunk[] _chunks = [];
    private volatile int _count;

    public int Dimensions => dimensions;

    public VectorDataType Type => type;

    /// <summary>Rows, dead ones included.</summary>
    public int Count => _count;

    /// <summary>Rows that are no item's any more.</summary>
    public int Dead { get; private set; }

    public int Live => _count - Dead;

    public ReadOnlySpan<float> Read(int row, Span<float> scratch) => ChunkOf(row).Read(PlaceOf(row), scratch);

    public float NormOf(int row) => ChunkOf(row).Norms[PlaceOf(row)];

    public ulong RidOf(int row) => ChunkOf(row).Rids[PlaceOf(row)];

    public Document? DocumentOf(int row) => ChunkOf(row).Documents[PlaceOf(row)];

    public bool IsDead(int row) => Volatile.Read(ref ChunkOf(row).DeadSince[PlaceOf(row)]) != 0;

    /// <summary>Whether the row was an item's at that step of the index.</summary>
    public bool IsLiveAt(int row, long step) => Volatile.Read(ref ChunkOf(row).DeadSince[PlaceOf(row)]) is var since && (since == 0 || since > step);

    public int Add(ReadOnlySpan<float> vector, float norm, Document document)
    {
        var row = _count;
        if (row >> _shift == _chunks.Length)
            _chunks = [.. _chunks, new VectorChunk(1 << _shift, dimensions, type)];
        var (chunk, place) = (ChunkOf(row), PlaceOf(row));
        chunk.Write(place, vector);
        (chunk.Norms[place], chunk.Rids[place], chunk.Documents[place]) = (norm, document.Rid, document);
        _count = row + 1;
        return row;
    }

    /// <summary>The row's item has another version with the same vector.</summary>
    public void Renew(int row, Document document) => ChunkOf(row).Documents[PlaceOf(row)] = document;

    public void Kill(int row, long step)
    {
        var (chunk, place) = (ChunkOf(row), PlaceOf(row));
        Volatile.Write(ref chunk.DeadSince[place], step);
        chunk.Documents[place] = null;
        Dead++;
    }

    private VectorChunk ChunkOf(int row) => _chunks[row >> _shift];

    private int PlaceOf(int row) => row & ((1 << _shift) - 1);
}
