using System.Globalization;
using System.Text;

namespace Geode.Backplane.Query.Syntax;

/// <summary>Reads the values of number and string tokens.</summary>
internal static class SqlLiterals
{
    public static SqlNumberLiteral? Number(ReadOnlySpan<char> token, bool negative = false)
    {
        if (token.Length >= 2 && token[0] == '0' && token[1] is 'x' or 'X')
        {
            return ulong.TryParse(token[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
                ? Integer(negative ? unchecked(-(long)bits) : unchecked((long)bits))
                : null;
        }

        if (token.IndexOfAny(".eE") < 0 && TryInteger(token, negative, out var integer)) return Integer(integer);

        // Names cannot follow a number directly, and NumberStyles.Float would take no letter but `e` either.
        if (!double.TryParse(token, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            || double.IsInfinity(value))
        {
            return null;
        }

        if (negative) value = -value;

        // A whole number is the same number however it is written; from 10^17 on it would not print as digits.
        return Math.Floor(value) == value && Math.Abs(value) < 1e17 ? Integer((long)value) : new SqlNumberLiteral(value);
    }

    public static SqlNumberLiteral Integer(long value) => new(value, value);

    /// <summary>The text between the quotes with its escapes resolved; an escaped ordinary character stands for itself.</summary>
    public static string String(ReadOnlySpan<char> token)
    {
        var body = token[1..^1];
        if (body.IndexOf('\\') < 0) return MendSurrogates(body.ToString());

        var text = new StringBuilder(body.Length);
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] != '\\')
            {
                text.Append(body[i]);
                continue;
            }

            i++;
            switch (body[i])
            {
                case 'b': text.Append('\b'); break;
                case 'f': text.Append('\f'); break;
                case 'n': text.Append('\n'); break;
                case 'r': text.Append('\r'); break;
                case 't': text.Append('\t'); break;
                case 'u':
                    text.Append((char)ushort.Parse(body.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    i += 4;
                    break;
                default: text.Append(body[i]); break;
            }
        }

        return MendSurrogates(text.ToString());
    }

    private static bool TryInteger(ReadOnlySpan<char> digits, bool negative, out long value)
    {
        value = 0;
        if (!ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var magnitude)) return false;
        if (magnitude > (negative ? 1UL << 63 : long.MaxValue)) return false;
        value = negative ? unchecked(-(long)magnitude) : (long)magnitude;
        return true;
    }

    // Half a surrogate pair cannot be stored as UTF-8; it becomes U+FFFD here and not at some later encoder's whim.
    private static string MendSurrogates(string text)
    {
        var rest = text.AsSpan();
        for (var i = rest.IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0; i = rest.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            var paired = char.IsHighSurrogate(rest[i]) && i + 1 < rest.Length && char.IsLowSurrogate(rest[i + 1]);
            if (!paired) return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            rest = rest[(i + 2)..];
        }

        return text;
    }
}
