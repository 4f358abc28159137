using System.Buffers.Binary;
using System.Text;

namespace Geode.Backplane.Protocol.Codecs;

/// <summary>A bounds-checked cursor over HybridRow bytes: whatever they are, the only exception is <see cref="BatchFormatException"/>.</summary>
internal ref struct HybridRowReader(ReadOnlySpan<byte> bytes)
{
    // As strict as the protocol: broken text is refused, not replaced.
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly bool AtEnd => Position == _bytes.Length;

    public byte ReadByte() => Take(1)[0];

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public double ReadFloat64() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    /// <summary>Reads an unsigned integer of seven bits a byte, lowest first.</summary>
    public int ReadVarInt()
    {
        var value = 0L;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var b = ReadByte();
            value |= (long)(b & 0x7F) << shift;
            if (b < 0x80) return value <= int.MaxValue ? (int)value : throw Malformed($"length {value} is too large");
        }

        throw Malformed("a length of more than five bytes");
    }

    /// <summary>Reads length-prefixed bytes.</summary>
    /// <returns>Their place in the whole.</returns>
    public Range ReadBinary()
    {
        var length = ReadVarInt();
        var start = Position;
        Take(length);
        return start..Position;
    }

    public string ReadUtf8()
    {
        var range = ReadBinary();
        try
        {
            return StrictUtf8.GetString(_bytes[range]);
        }
        catch (DecoderFallbackException)
        {
            throw Malformed("text that is not UTF-8");
        }
    }

    public void ReadHeader(int schema)
    {
        var version = ReadByte();
        if (version != HybridRow.Version) throw Malformed($"row version 0x{version:X2}, only 0x{HybridRow.Version:X2} is known");
        var actual = ReadInt32();
        if (actual != schema) throw Malformed($"schema {actual} where {schema} belongs");
    }

    public ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > _bytes.Length - Position)
            throw Malformed($"{length} bytes expected, {_bytes.Length - Position} left");
        Position += length;
        return _bytes.Slice(Position - length, length);
    }

    public readonly BatchFormatException Malformed(string what) => new(what, Position);
}
