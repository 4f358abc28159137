using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace Geode.Backplane.Query.Values;

/// <summary>
/// Finds its way through UTF-8 JSON that is known to be valid: storage accepts nothing else. Skipping over what a query does
/// not ask for is most of the work of a scan, so nothing is tokenised that need not be.
/// </summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> ScalarEnd = SearchValues.Create(",]} \t\r\n"u8);

    /// <summary>The index of the first byte at or after <paramref name="at"/> that is not white space.</summary>
    public static int SkipSpace(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] <= (byte)' ')
        {
            at++;
        }

        return at;
    }

    /// <summary>The index after the value that starts at <paramref name="at"/>.</summary>
    public static int SkipValue(ReadOnlySpan<byte> json, int at) => json[at] switch
    {
        (byte)'"' => SkipString(json, at, out _),
        (byte)'{' or (byte)'[' => SkipContainer(json, at),
        _ => ScalarLimit(json, at),
    };

    /// <summary>The index after the closing quote of the string whose opening quote is at <paramref name="at"/>.</summary>
    public static int SkipString(ReadOnlySpan<byte> json, int at, out bool escaped)
    {
        escaped = false;
        at++;
        while (true)
        {
            at += json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (json[at] == (byte)'"')
            {
                return at + 1;
            }

            escaped = true;
            at += 2;
        }
    }

    /// <summary>The number written at <paramref name="at"/>.</summary>
    public static SqlValue ReadNumber(ReadOnlySpan<byte> json, int at)
    {
        var text = json[at..ScalarLimit(json, at)];
        return Utf8Parser.TryParse(text, out long integer, out var used) && used == text.Length
            ? SqlValue.From(integer)
            : SqlValue.From(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private static int SkipContainer(ReadOnlySpan<byte> json, int at)
    {
        var depth = 0;
        while (true)
        {
            at += json[at..].IndexOfAny(Structure);
            switch (json[at])
            {
                case (byte)'"':
                    at = SkipString(json, at, out _);
                    continue;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                default:
                    depth--;
                    break;
            }

            at++;
            if (depth == 0)
            {
                return at;
            }
        }
    }

    private static int ScalarLimit(ReadOnlySpan<byte> json, int at)
    {
        var length = json[at..].IndexOfAny(ScalarEnd);
        return length < 0 ? json.Length : at + length;
    }
}
