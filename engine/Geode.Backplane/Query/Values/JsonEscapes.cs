using System.Globalization;
using System.Text;

namespace Geode.Backplane.Query.Values;

/// <summary>Turns the inside of a JSON string into the text it stands for, and back with as few escapes as JSON allows.</summary>
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

    /// <summary>Whether the text stands for itself in a JSON string, and UTF-8 can hold it.</summary>
    public static bool IsPlain(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            // A lone surrogate is enumerated as the replacement character, which is not worth telling apart.
            if (rune.Value is < ' ' or '"' or '\\' || rune == Rune.ReplacementChar)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text as a JSON string with its quotes.</summary>
    public static byte[] Encode(string text)
    {
        if (IsPlain(text))
        {
            return Encoding.UTF8.GetBytes($"\"{text}\"");
        }

        var json = new StringBuilder(text.Length + 16).Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character is '"' or '\\')
            {
                json.Append('\\').Append(character);
            }
            else if (i + 1 < text.Length && char.IsSurrogatePair(character, text[i + 1]))
            {
                json.Append(character).Append(text[++i]);
            }
            else if (character < ' ' || char.IsSurrogate(character))
            {
                json.Append(Escape(character));
            }
            else
            {
                json.Append(character);
            }
        }

        return Encoding.UTF8.GetBytes(json.Append('"').ToString());
    }

    private static string Escape(char character) => character switch
    {
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => $"\\u{(int)character:x4}",
    };

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
