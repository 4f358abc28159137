using System.Buffers.Text;
using System.Text;

namespace Geode.Backplane.Protocol.Codecs.Binary;

/// <summary>Strings of few different characters, which binary JSON writes in less than a byte each. The lower bits come first.</summary>
internal static class PackedStrings
{
    // Where a GUID has its hyphens, in bytes of the value.
    private static readonly int[] Groups = [4, 6, 8, 10, 16];

    /// <summary>Two digits of a set of 16 in each byte.</summary>
    public static byte[] Digits(ReadOnlySpan<byte> packed, int count, byte marker)
    {
        var set = marker switch
        {
            BinaryMarker.HexLower => "0123456789abcdef"u8,
            BinaryMarker.HexUpper => "0123456789ABCDEF"u8,
            _ => " 0123456789:-.TZ"u8,
        };
        var text = new byte[count];
        for (var i = 0; i < count; i++)
            text[i] = set[(packed[i / 2] >> (i % 2 * 4)) & 0xF];
        return text;
    }

    public static byte[] Guid(ReadOnlySpan<byte> packed, bool isUpper, bool isQuoted)
    {
        var digits = Digits(packed, 32, isUpper ? BinaryMarker.HexUpper : BinaryMarker.HexLower);
        var text = new StringBuilder(38).Append(isQuoted ? "\"" : "");
        for (var (group, from) = (0, 0); group < Groups.Length; from = Groups[group++])
            text.Append(group > 0 ? "-" : "").Append(Encoding.ASCII.GetString(digits, from * 2, (Groups[group] - from) * 2));
        return Encoding.ASCII.GetBytes(text.Append(isQuoted ? "\"" : "").ToString());
    }

    /// <summary>Characters of so many bits each, counted from the first of the set.</summary>
    public static byte[] Unpack(ReadOnlySpan<byte> packed, int count, int bits, byte first)
    {
        var text = new byte[count];
        for (var i = 0; i < count; i++)
        {
            var at = i * bits;
            var both = packed[at / 8] | (at / 8 + 1 < packed.Length ? packed[(at / 8) + 1] << 8 : 0);
            text[i] = (byte)(((both >> (at % 8)) & ((1 << bits) - 1)) + first);
        }

        return text;
    }

    public static byte[] Base64(ReadOnlySpan<byte> value, bool isUrl, bool isPaddingOmitted)
    {
        var text = new byte[(value.Length + 2) / 3 * 4];
        System.Buffers.Text.Base64.EncodeToUtf8(value, text, out _, out var length);
        var result = text.AsSpan(0, length);
        if (isUrl)
        {
            result.Replace((byte)'+', (byte)'-');
            result.Replace((byte)'/', (byte)'_');
        }

        return (isPaddingOmitted ? result.TrimEnd((byte)'=') : result).ToArray();
    }
}
