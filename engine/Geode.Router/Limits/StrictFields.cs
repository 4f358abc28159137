using System.Collections.Frozen;
using System.Text;
using Geode.Router.Forwarding;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Net.Http.Headers;

namespace Geode.Router.Limits;

/// <summary>Two headers that Kestrel reads too generously for a gateway. How their bytes become text is the only place where they can be seen
/// as they came.</summary>
internal static class StrictFields
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, ["close", .. RequestHeaders.Hop]);
    private static readonly Encoding Length = new Rewriting(OnlyDigits);
    private static readonly Encoding Connection = new Rewriting(KeepNames);

    public static void Apply(KestrelServerOptions kestrel) => kestrel.RequestHeaderEncodingSelector = EncodingOf;

    private static Encoding? EncodingOf(string name) => name.Length switch
    {
        14 when name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase) => Length,
        10 when name.Equals(HeaderNames.Connection, StringComparison.OrdinalIgnoreCase) => Connection,
        _ => null,
    };

    /// <summary>RFC 9110 section 8.6 knows digits only; Kestrel also takes a sign.</summary>
    private static string OnlyDigits(string value) => value.AsSpan().ContainsAnyExceptInRange('0', '9') ? "none" : value;

    /// <summary>Kestrel replaces the header by <c>close</c> or <c>keep-alive</c> when it finds just one of them, and so forgets what else was named. It leaves the
    /// header alone when it finds both, and then closes the connection after the answer, which a server always may.</summary>
    private static string KeepNames(string value)
    {
        foreach (var token in value.AsSpan().Split(','))
        {
            if (value.AsSpan()[token].Trim() is { IsEmpty: false } name && !Known.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
                return value + ", keep-alive, close";
        }

        return value;
    }

    /// <summary>UTF-8, and a last word on the text.</summary>
    private sealed class Rewriting(Func<string, string> rewrite) : Encoding
    {
        public override int GetCharCount(byte[] bytes, int index, int count) => Text(bytes, index, count).Length;

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
        {
            var text = Text(bytes, byteIndex, byteCount);
            text.CopyTo(chars.AsSpan(charIndex));
            return text.Length;
        }

        public override int GetMaxCharCount(int byteCount) => byteCount + 32;

        public override int GetByteCount(char[] chars, int index, int count) => UTF8.GetByteCount(chars, index, count);

        public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => UTF8.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

        public override int GetMaxByteCount(int charCount) => UTF8.GetMaxByteCount(charCount);

        private string Text(byte[] bytes, int index, int count) => rewrite(UTF8.GetString(bytes, index, count));
    }
}
