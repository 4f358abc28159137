using System.Buffers;

namespace Geode.Backplane.Protocol;

/// <summary>A request's body in a buffer from the pool, which gets it back when this is disposed: keep nothing of it.</summary>
public readonly struct RentedBody(ReadOnlyMemory<byte> memory, byte[]? rented = null) : IDisposable
{
    public ReadOnlyMemory<byte> Memory => memory;

    public void Dispose()
    {
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }
}
