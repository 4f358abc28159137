using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace Geode.Backplane.Protocol.Codecs.Binary;

/// <summary>JSON text that grows up to a limit.</summary>
internal sealed class JsonTextBuffer(int expected, int limit)
{
    private const int LongestNumber = 32;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (byte)c), (byte)'"', (byte)'\\']);

    private readonly ArrayBufferWriter<byte> _text = new(Math.Clamp(expected + (expected / 4), 256, limit));

    public byte[] ToArray() => _text.WrittenSpan.ToArray();

    public void Append(ReadOnlySpan<byte> raw)
    {
        if (raw.Length > limit - _text.WrittenCount)
            throw new ProtocolException(413, $"Request size is too large: as text the body has more than {limit} bytes.");
        _text.Write(raw);
    }

    public void Append(byte raw) => Append([raw]);

    /// <summary>A string with its quotes and escapes; false when it is not valid UTF-8.</summary>
    public bool TryAppendString(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
            return false;
        Append((byte)'"');
        for (int at; (at = utf8.IndexOfAny(Escaped)) >= 0; utf8 = utf8[(at + 1)..])
        {
            Append(utf8[..at]);
            AppendEscape(utf8[at]);
        }

        Append(utf8);
        Append((byte)'"');
        return true;
    }

    public void AppendNumber<T>(T number)
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        number.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        Append(text[..length]);
    }

    private void AppendEscape(byte character)
    {
        switch (character)
        {
            case (byte)'"' or (byte)'\\':
                Append([(byte)'\\', character]);
                break;
            case (byte)'\n':
                Append("\\n"u8);
                break;
            case (byte)'\r':
                Append("\\r"u8);
                break;
            case (byte)'\t':
                Append("\\t"u8);
                break;
            default:
                Append("\\u00"u8);
                Append([Hex(character >> 4), Hex(character & 0xF)]);
                break;
        }
    }

    private static byte Hex(int digit) => "0123456789abcdef"u8[digit];
}
