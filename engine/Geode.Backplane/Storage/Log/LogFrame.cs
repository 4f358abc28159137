using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Geode.Backplane.Storage.Log;

/// <summary>A frame of the log: magic, length and CRC-32C of the payload, payload. One group commit is one frame, so a torn write
/// can only ever damage the last frame.</summary>
public static class LogFrame
{
    public const int HeaderLength = 12;

    private const uint Magic = 0x31454447; // "GDE1"

    /// <summary>Empties the buffer and leaves room for a header, so that a payload can be written behind it.</summary>
    public static void Start(ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        buffer.GetSpan(HeaderLength);
        buffer.Advance(HeaderLength);
    }

    /// <summary>Fills in the header of what has been written since <see cref="Start"/>; returns the whole frame.</summary>
    public static ReadOnlySpan<byte> End(ArrayBufferWriter<byte> buffer)
    {
        var frame = MemoryMarshal.AsMemory(buffer.WrittenMemory).Span;
        WriteHeader(frame, frame[HeaderLength..]);
        return frame;
    }

    private static void WriteHeader(Span<byte> header, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Checksum(payload));
    }

    /// <summary>The payload of the frame that starts the data, or false when no whole, undamaged frame does.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (data.Length < HeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(data) != Magic)
            return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(data[4..]);
        if (length < 0 || length > data.Length - HeaderLength)
            return false;
        payload = data.Slice(HeaderLength, length);
        return Checksum(payload) == BinaryPrimitives.ReadUInt32LittleEndian(data[8..]);
    }

    /// <summary>True when an undamaged frame starts anywhere in the data: what precedes it is then damage, not a torn tail.</summary>
    public static bool AnyIn(ReadOnlySpan<byte> data)
    {
        Span<byte> magic = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(magic, Magic);
        for (var at = data.IndexOf(magic); at >= 0;)
        {
            if (TryRead(data[at..], out _))
                return true;
            data = data[(at + 1)..];
            at = data.IndexOf(magic);
        }

        return false;
    }

    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var crc = ~0u;
        while (data.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[8..];
        }

        foreach (var b in data)
            crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
