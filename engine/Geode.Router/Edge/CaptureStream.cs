using System.Buffers;
using Geode.Router.Streams;

namespace Geode.Router.Edge;

/// <summary>Passes a body on to the client and keeps a copy, as long as it is not too large.</summary>
internal sealed class CaptureStream(Stream client, int limit) : PassThroughStream(client)
{
    private ArrayBufferWriter<byte>? _kept = new();

    /// <summary>What went through; null when it was too much.</summary>
    public ReadOnlyMemory<byte>? Captured => _kept?.WrittenMemory;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Inner.WriteAsync(buffer, cancellationToken);
        if (_kept?.WrittenCount + buffer.Length > limit)
            _kept = null;
        _kept?.Write(buffer.Span);
    }
}
