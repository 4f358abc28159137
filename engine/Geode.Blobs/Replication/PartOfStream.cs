using Geode.Runtime.Hosting;

namespace Geode.Blobs.Replication;

/// <summary>The next so many bytes of a stream, read once from front to back.</summary>
internal sealed class PartOfStream(Stream whole, long length) : ForwardStream
{
    private long _read;

    /// <exception cref="EndOfStreamException">The whole ends before the part.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var left = length - _read;
        if (left == 0 || buffer.Length == 0)
            return 0;
        var read = await whole.ReadAsync(buffer[..(int)Math.Min(buffer.Length, left)], cancellationToken);
        if (read == 0)
            throw new EndOfStreamException($"{left} bytes are missing.");
        _read += read;
        return read;
    }
}
