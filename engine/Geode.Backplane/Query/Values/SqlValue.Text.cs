using System.Text;

namespace Geode.Backplane.Query.Values;

/// <content>Strings: read from where they are, compared without decoding where both sides allow it.</content>
public readonly partial struct SqlValue
{
    /// <summary>The string; empty for what is not a string.</summary>
    public string Text => _form switch
    {
        Form.Text => (string)_reference!,
        Form.Utf8 => Encoding.UTF8.GetString(Bytes),
        Form.EscapedUtf8 => JsonEscapes.Decode(Bytes),
        _ => "",
    };

    private ReadOnlySpan<byte> Bytes => ((byte[])_reference!).AsSpan((int)(_bits >> 32), (int)_bits);

    /// <summary>The string's UTF-8 where it is at hand without decoding.</summary>
    internal bool TryGetUtf8(out ReadOnlySpan<byte> utf8)
    {
        utf8 = _form == Form.Utf8 ? Bytes : default;
        return _form == Form.Utf8;
    }

    private static bool SameText(in SqlValue left, in SqlValue right) => left._form == Form.Utf8 && right._form == Form.Utf8
        ? left.Bytes.SequenceEqual(right.Bytes)
        : string.Equals(left.Text, right.Text, StringComparison.Ordinal);

    private static int CompareText(in SqlValue left, in SqlValue right) => left._form == Form.Utf8 && right._form == Form.Utf8
        ? CompareUtf8(left.Bytes, right.Bytes)
        : string.CompareOrdinal(left.Text, right.Text);

    /// <summary>The order of UTF-16 code units, which is what the clients that merge pages compare.</summary>
    private static int CompareUtf8(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        return Utf16Rank(left[common]).CompareTo(Utf16Rank(right[common]));
    }

    // In UTF-16 the characters beyond U+FFFF (lead bytes F0 to F4) are surrogates and sort before U+E000 (lead bytes EE, EF).
    private static int Utf16Rank(byte first) => first switch
    {
        >= 0xF0 => first - 2,
        0xEE or 0xEF => first + 8,
        _ => first,
    };

    private int HashText()
    {
        var hash = new HashCode();
        if (_form == Form.Utf8)
        {
            hash.AddBytes(Bytes);
        }
        else
        {
            hash.AddBytes(Encoding.UTF8.GetBytes(Text));
        }

        return hash.ToHashCode();
    }
}
