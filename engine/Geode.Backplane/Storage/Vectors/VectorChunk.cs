using Geode.Backplane.Query.Functions.Vectors;

namespace Geode.Backplane.Storage.Vectors;

/// <summary>Some rows of <see cref="VectorRows"/>, one after the other in memory. The vectors are kept in their own type.</summary>
internal sealed class VectorChunk
{
    private readonly int _dimensions;
    private readonly float[]? _singles;
    private readonly Half[]? _halves;
    private readonly sbyte[]? _signed;
    private readonly byte[]? _unsigned;

    public VectorChunk(int rows, int dimensions, VectorDataType type)
    {
        _dimensions = dimensions;
        (Norms, Documents, Rids, DeadSince) = (new float[rows], new Document?[rows], new ulong[rows], new long[rows]);
        switch (type)
        {
            case VectorDataType.Float32:
                _singles = GC.AllocateUninitializedArray<float>(rows * dimensions);
                break;
            case VectorDataType.Float16:
                _halves = GC.AllocateUninitializedArray<Half>(rows * dimensions);
                break;
            case VectorDataType.Int8:
                _signed = GC.AllocateUninitializedArray<sbyte>(rows * dimensions);
                break;
            default:
                _unsigned = GC.AllocateUninitializedArray<byte>(rows * dimensions);
                break;
        }
    }

    /// <summary>The vectors' lengths.</summary>
    public float[] Norms { get; }

    /// <summary>The version that a row's vector is from; null once it is another's.</summary>
    public Document?[] Documents { get; }

    public ulong[] Rids { get; }

    /// <summary>Since which step of the index a row is no item's any more; 0 while it is.</summary>
    public long[] DeadSince { get; }

    /// <param name="scratch">As long as a vector; used where the vector is not kept as these numbers.</param>
    public ReadOnlySpan<float> Read(int row, Span<float> scratch)
    {
        var from = row * _dimensions;
        if (_singles is not null)
            return _singles.AsSpan(from, _dimensions);
        if (_halves is not null)
            VectorNumbers.Widen(_halves.AsSpan(from, _dimensions), scratch);
        else if (_signed is not null)
            VectorNumbers.Widen(_signed.AsSpan(from, _dimensions), scratch);
        else
            VectorNumbers.Widen(_unsigned.AsSpan(from, _dimensions), scratch);
        return scratch[.._dimensions];
    }

    /// <summary>Keeps a vector whose numbers its type has.</summary>
    public void Write(int row, ReadOnlySpan<float> vector)
    {
        var from = row * _dimensions;
        if (_singles is not null)
        {
            vector.CopyTo(_singles.AsSpan(from));
            return;
        }

        for (var i = 0; i < vector.Length; i++)
        {
            if (_halves is not null)
                _halves[from + i] = (Half)vector[i];
            else if (_signed is not null)
                _signed[from + i] = (sbyte)vector[i];
            else
                _unsigned![from + i] = (byte)vector[i];
        }
    }
}
