namespace Geode.Backplane.Protocol.Codecs.Binary;

/// <content>Strings in all their forms.</content>
internal ref partial struct BinaryDecoder
{
    private void ReadString(byte marker, int end)
    {
        if (marker is >= BinaryMarker.Reference1 and <= BinaryMarker.Reference4)
        {
            ReadReference(ReadUnsigned(marker - BinaryMarker.Reference1 + 1, end), end);
            return;
        }

        var text = marker switch
        {
            < BinaryMarker.FirstUserString => SystemStrings.At(marker - BinaryMarker.FirstSystemString),
            < BinaryMarker.FirstReserved => throw Malformed("a string of a dictionary, which no client has been given"),
            < BinaryMarker.Base64L1 => throw Malformed($"the unknown marker 0x{marker:X2}"),
            < BinaryMarker.FirstShortString => ReadPacked(marker, end),
            < BinaryMarker.StringL1 => Take(marker - BinaryMarker.FirstShortString, end),
            BinaryMarker.StringL1 => Take(ReadUnsigned(1, end), end),
            BinaryMarker.StringL2 => Take(ReadUnsigned(2, end), end),
            _ => Take(ReadUnsigned(4, end), end),
        };
        if (!output.TryAppendString(text))
            throw Malformed("a string that is not valid UTF-8");
    }

    // To a string that came before, by its place in the document. A reference to a reference could go round in circles.
    private void ReadReference(long target, int end)
    {
        var back = _at;
        if (target >= back || _bytes[(int)target] is var marker && marker is < BinaryMarker.FirstSystemString or >= BinaryMarker.Reference1)
            throw Malformed($"a reference to byte {target}, where no string begins that came before");
        _at = (int)target + 1;
        ReadString(_bytes[(int)target], end);
        _at = back;
    }

    private ReadOnlySpan<byte> ReadPacked(byte marker, int end)
    {
        switch (marker)
        {
            case BinaryMarker.GuidLower or BinaryMarker.GuidUpper or BinaryMarker.GuidQuoted:
                return PackedStrings.Guid(Take(16, end), marker == BinaryMarker.GuidUpper, marker == BinaryMarker.GuidQuoted);
            case BinaryMarker.HexLower or BinaryMarker.HexUpper or BinaryMarker.DateTime:
                var digits = (int)ReadUnsigned(1, end);
                return PackedStrings.Digits(Take((digits + 1) / 2, end), digits, marker);
            case BinaryMarker.Packed4 or BinaryMarker.Packed5 or BinaryMarker.Packed6:
                var characters = (int)ReadUnsigned(1, end);
                var first = (byte)ReadUnsigned(1, end);
                return Unpack(characters, marker - BinaryMarker.Packed4 + 4, first, end);
            case BinaryMarker.Packed7L1 or BinaryMarker.Packed7L2:
                return Unpack((int)ReadUnsigned(marker == BinaryMarker.Packed7L1 ? 1 : 2, end), 7, 0, end);
            default:
                var quads = (int)ReadUnsigned(marker is BinaryMarker.Base64L1 or BinaryMarker.Base64UrlL1 ? 1 : 2, end);
                return ReadBase64(quads, (byte)ReadUnsigned(1, end), marker >= BinaryMarker.Base64UrlL1, end);
        }
    }

    private ReadOnlySpan<byte> Unpack(int characters, int bits, byte first, int end) =>
        PackedStrings.Unpack(Take(((characters * bits) + 7) / 8, end), characters, bits, first);

    // The padding is counted; its complement means that it was left out.
    private ReadOnlySpan<byte> ReadBase64(int quads, byte padding, bool isUrl, int end)
    {
        var isOmitted = padding > 2;
        var missing = isOmitted ? (byte)~padding : padding;
        if (missing > 2 || missing > quads * 4)
            throw Malformed($"a padding of 0x{padding:X2}");
        return PackedStrings.Base64(Take(((quads * 4) - missing) * 3 / 4, end), isUrl, isOmitted);
    }
}
