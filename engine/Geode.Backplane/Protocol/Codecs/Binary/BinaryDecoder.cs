using System.Buffers.Binary;

namespace Geode.Backplane.Protocol.Codecs.Binary;

/// <summary>Reads a binary document from its first byte to its last. Whatever the bytes are, it throws nothing but
/// <see cref="BinaryFormatException"/> and what its output throws.</summary>
internal ref partial struct BinaryDecoder(ReadOnlySpan<byte> bytes, JsonTextBuffer output)
{
    // Far beyond what items may nest, which is checked on the text, and far from the end of the stack.
    private const int DeepestNesting = 256;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public void Read()
    {
        _at = 1;
        ReadValue(_bytes.Length, 0);
        if (_at != _bytes.Length)
            throw Malformed($"{_bytes.Length - _at} bytes after the end of the value");
    }

    /// <param name="end">Where what the value is in ends.</param>
    /// <param name="depth">The number of arrays and objects around it.</param>
    private void ReadValue(int end, int depth)
    {
        var marker = (byte)ReadUnsigned(1, end);
        switch (marker)
        {
            case < BinaryMarker.FirstSystemString:
                output.AppendNumber(marker);
                break;
            case < BinaryMarker.NumberUInt64:
                ReadString(marker, end);
                break;
            case BinaryMarker.Null:
                output.Append("null"u8);
                break;
            case BinaryMarker.False:
                output.Append("false"u8);
                break;
            case BinaryMarker.True:
                output.Append("true"u8);
                break;
            case BinaryMarker.Guid:
                output.TryAppendString(System.Text.Encoding.ASCII.GetBytes(new Guid(Take(16, end)).ToString()));
                break;
            case BinaryMarker.BytesL1 or BinaryMarker.BytesL2 or BinaryMarker.BytesL4:
                var blob = Take(ReadUnsigned(1 << (marker - BinaryMarker.BytesL1), end), end);
                output.TryAppendString(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(blob)));
                break;
            case >= BinaryMarker.Array0 and <= BinaryMarker.ObjectLC4:
                ReadContainer(marker, end, depth + 1);
                break;
            case >= BinaryMarker.NumbersC1 and <= BinaryMarker.NumberArraysC2:
                ReadNumberArray(marker, end);
                break;
            default:
                ReadNumber(marker, end);
                break;
        }
    }

    private void ReadContainer(byte marker, int end, int depth)
    {
        if (depth > DeepestNesting)
            throw Malformed($"more than {DeepestNesting} levels of arrays and objects");
        var isObject = marker >= BinaryMarker.Object0;
        output.Append(isObject ? (byte)'{' : (byte)'[');
        switch (isObject ? marker - BinaryMarker.Object0 : marker - BinaryMarker.Array0)
        {
            case 0:
                break;
            case 1:
                ReadMember(isObject, end, depth);
                break;
            case var form and < 5:
                ReadMembers(isObject, LimitOf(ReadUnsigned(1 << (form - 2), end), end), depth);
                break;
            case var form:
                var width = 1 << (form - 5);
                var length = ReadUnsigned(width, end);
                var count = ReadUnsigned(width, end);
                var read = ReadMembers(isObject, LimitOf(length, end), depth);
                if (read != count)
                    throw Malformed($"{read} values where {count} are announced");
                break;
        }

        output.Append(isObject ? (byte)'}' : (byte)']');
    }

    private long ReadMembers(bool isObject, int end, int depth)
    {
        long count = 0;
        for (; _at < end; count++)
        {
            if (count > 0)
                output.Append((byte)',');
            ReadMember(isObject, end, depth);
        }

        return count;
    }

    private void ReadMember(bool isObject, int end, int depth)
    {
        if (isObject)
        {
            var marker = (byte)ReadUnsigned(1, end);
            if (marker is < BinaryMarker.FirstSystemString or >= BinaryMarker.NumberUInt64)
                throw Malformed($"the marker 0x{marker:X2} where a property's name belongs");
            ReadString(marker, end);
            output.Append((byte)':');
        }

        ReadValue(end, depth);
    }

    private readonly int LimitOf(long length, int end) =>
        length <= end - _at ? _at + (int)length : throw Malformed($"a length of {length} bytes where {end - _at} are left");

    private ReadOnlySpan<byte> Take(long length, int end)
    {
        if (length > end - _at)
            throw Malformed($"{length} bytes expected where {end - _at} are left");
        _at += (int)length;
        return _bytes.Slice(_at - (int)length, (int)length);
    }

    /// <param name="width">1, 2, 3 or 4 bytes.</param>
    private long ReadUnsigned(int width, int end)
    {
        var raw = Take(width, end);
        return width switch
        {
            1 => raw[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(raw),
            3 => BinaryPrimitives.ReadUInt16LittleEndian(raw) | (raw[2] << 16),
            _ => BinaryPrimitives.ReadUInt32LittleEndian(raw),
        };
    }

    private readonly BinaryFormatException Malformed(string what) => new(what, _at);
}
