using System.Globalization;
using System.Text;

namespace Geode.Backplane.Query.Values;

/// <summary>Turns the inside of a JSON string into the text it stands for.</summary>
internal static class JsonEscapes
{
    /// <summary>Decodes; a surrogate without its partner stays as it is, since JSON may hold one and UTF-8 may not.</summary>
    public static string Decode(ReadOnlySpan<byte> json)
    {
        var text = new StringBuilder(json.Length);
        while (true)
        {
            var slash = json.IndexOf((byte)'\\');
            text.Append(Encoding.UTF8.GetString(slash < 0 ? json : json[..slash]));
            if (slash < 0)
            {
                return text.ToString();
            }

            var code = json[slash + 1];
            if (code == (byte)'u')
            {
                text.Append((char)ushort.Parse(json.Slice(slash + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                json = json[(slash + 6)..];
            }
            else
            {
                text.Append(Simple(code));
                json = json[(slash + 2)..];
            }
        }
    }

    private static char Simple(byte code) => (char)code switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        var other => other,
    };
}
