using System.Buffers.Binary;

namespace Geode.Backplane.Protocol.Codecs.Binary;

/// <content>Numbers, and arrays of numbers of one kind, which have their marker once.</content>
internal ref partial struct BinaryDecoder
{
    private void ReadNumber(byte marker, int end)
    {
        var size = SizeOf(marker);
        if (size == 0)
            throw Malformed($"the unknown marker 0x{marker:X2}");
        var raw = Take(size, end);
        switch (marker)
        {
            case BinaryMarker.NumberUInt8 or BinaryMarker.UInt8:
                output.AppendNumber(raw[0]);
                break;
            case BinaryMarker.Int8:
                output.AppendNumber((sbyte)raw[0]);
                break;
            case BinaryMarker.NumberInt16 or BinaryMarker.Int16:
                output.AppendNumber(BinaryPrimitives.ReadInt16LittleEndian(raw));
                break;
            case BinaryMarker.NumberInt32 or BinaryMarker.Int32:
                output.AppendNumber(BinaryPrimitives.ReadInt32LittleEndian(raw));
                break;
            case BinaryMarker.UInt32:
                output.AppendNumber(BinaryPrimitives.ReadUInt32LittleEndian(raw));
                break;
            case BinaryMarker.NumberInt64 or BinaryMarker.Int64:
                output.AppendNumber(BinaryPrimitives.ReadInt64LittleEndian(raw));
                break;
            case BinaryMarker.NumberUInt64:
                output.AppendNumber(BinaryPrimitives.ReadUInt64LittleEndian(raw));
                break;
            case BinaryMarker.Float16:
                AppendFraction((double)BinaryPrimitives.ReadHalfLittleEndian(raw));
                break;
            case BinaryMarker.Float32:
                AppendFraction(BinaryPrimitives.ReadSingleLittleEndian(raw));
                break;
            default:
                AppendFraction(BinaryPrimitives.ReadDoubleLittleEndian(raw));
                break;
        }
    }

    private readonly void AppendFraction(double number)
    {
        if (!double.IsFinite(number))
            throw Malformed("a number that is not finite");
        output.AppendNumber(number);
    }

    // marker, kind of number, count, numbers; or marker, marker of the arrays in it, kind of number, count in each, count of arrays, numbers.
    private void ReadNumberArray(byte marker, int end)
    {
        var width = marker is BinaryMarker.NumbersC1 or BinaryMarker.NumberArraysC1 ? 1 : 2;
        var isNested = marker is BinaryMarker.NumberArraysC1 or BinaryMarker.NumberArraysC2;
        var inner = isNested ? ReadUnsigned(1, end) : marker;
        if (inner != (width == 1 ? BinaryMarker.NumbersC1 : BinaryMarker.NumbersC2))
            throw Malformed($"the marker 0x{inner:X2} where that of an array of numbers belongs");
        var kind = (byte)ReadUnsigned(1, end);
        if (SizeOf(kind) == 0)
            throw Malformed($"the marker 0x{kind:X2} where that of a number belongs");
        var count = ReadUnsigned(width, end);
        if (!isNested)
        {
            ReadNumbers(kind, count, end);
            return;
        }

        output.Append((byte)'[');
        var arrays = ReadUnsigned(width, end);
        for (var i = 0; i < arrays; i++)
        {
            if (i > 0)
                output.Append((byte)',');
            ReadNumbers(kind, count, end);
        }

        output.Append((byte)']');
    }

    private void ReadNumbers(byte kind, long count, int end)
    {
        output.Append((byte)'[');
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
                output.Append((byte)',');
            ReadNumber(kind, end);
        }

        output.Append((byte)']');
    }

    /// <summary>The bytes of a number after its marker; 0 for what is no number.</summary>
    private static int SizeOf(byte marker) => marker switch
    {
        BinaryMarker.NumberUInt8 or BinaryMarker.UInt8 or BinaryMarker.Int8 => 1,
        BinaryMarker.NumberInt16 or BinaryMarker.Int16 or BinaryMarker.Float16 => 2,
        BinaryMarker.NumberInt32 or BinaryMarker.Int32 or BinaryMarker.UInt32 or BinaryMarker.Float32 => 4,
        BinaryMarker.NumberInt64 or BinaryMarker.Int64 or BinaryMarker.NumberUInt64 or BinaryMarker.NumberDouble or BinaryMarker.Float64 => 8,
        _ => 0,
    };
}
