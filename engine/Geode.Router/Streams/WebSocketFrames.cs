using System.Buffers.Binary;

namespace Geode.Router.Streams;

/// <summary>Follows the frames in one direction of a WebSocket (RFC 6455 section 5.2), to know where one ends.</summary>
internal sealed class WebSocketFrames
{
    private const int LongestHeader = 14;

    private readonly byte[] _header = new byte[LongestHeader];
    private int _headerBytes;
    private ulong _payloadLeft;

    /// <summary>No frame is under way.</summary>
    public bool AtBoundary => _headerBytes == 0 && _payloadLeft == 0;

    public void Advance(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_payloadLeft > 0)
            {
                var skip = (int)Math.Min(_payloadLeft, (ulong)bytes.Length);
                _payloadLeft -= (ulong)skip;
                bytes = bytes[skip..];
                continue;
            }

            _header[_headerBytes++] = bytes[0];
            bytes = bytes[1..];
            if (_headerBytes >= 2 && _headerBytes == HeaderLength())
            {
                _payloadLeft = PayloadLength();
                _headerBytes = 0;
            }
        }
    }

    private int HeaderLength() =>
        2 + ((_header[1] & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 }) + ((_header[1] & 0x80) != 0 ? 4 : 0);

    private ulong PayloadLength() => (_header[1] & 0x7F) switch
    {
        126 => BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2)),
        127 => BinaryPrimitives.ReadUInt64BigEndian(_header.AsSpan(2)),
        var small => (ulong)small,
    };
}
