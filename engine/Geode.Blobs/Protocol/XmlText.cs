using System.Xml;

namespace Geode.Blobs.Protocol;

/// <summary>Which text XML 1.0 can have (section 2.2, "Characters").</summary>
internal static class XmlText
{
    private const char Replacement = '\uFFFD';

    public static bool IsIt(string text) => Clean(text) == text;

    /// <summary>The text, with a replacement character for each one that XML cannot have.</summary>
    public static string Clean(string text) => string.Create(text.Length, text, static (clean, text) =>
    {
        for (var i = 0; i < clean.Length; i++)
        {
            if (i + 1 < clean.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                clean[i] = text[i];
                clean[++i] = text[i];
            }
            else
                clean[i] = XmlConvert.IsXmlChar(text[i]) ? text[i] : Replacement;
        }
    });
}
