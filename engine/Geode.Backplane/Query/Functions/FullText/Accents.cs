using System.Collections.Frozen;
using System.Text;

namespace Geode.Backplane.Query.Functions.FullText;

/// <summary>
/// Puts letters and the accents that follow them together, as Unicode's composition does (annex 15), for the letters of the languages that
/// can be searched. A process may run without the data of all languages, and then <see cref="string.Normalize()"/> does nothing.
/// </summary>
internal static class Accents
{
    // Each accent with the letters that it goes with, and what they become.
    private static readonly (char Accent, string Letters, string Composed)[] Table =
    [
        ('\u0300', "AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
        ('\u0301', "AEIOUYaeiouy", "ÁÉÍÓÚÝáéíóúý"),
        ('\u0302', "AEIOUaeiou", "ÂÊÎÔÛâêîôû"),
        ('\u0303', "ANOano", "ÃÑÕãñõ"),
        ('\u0308', "AEIOUYaeiouy", "ÄËÏÖÜŸäëïöüÿ"),
        ('\u030A', "Aa", "Åå"),
        ('\u0327', "Cc", "Çç"),
    ];

    private static readonly FrozenDictionary<(char Letter, char Accent), char> Pairs = Table
        .SelectMany(row => row.Letters.Select((letter, i) => KeyValuePair.Create((letter, row.Accent), row.Composed[i])))
        .ToFrozenDictionary();

    public static string Compose(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u0300', '\u036F'))
        {
            return text;
        }

        var composed = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (composed.Length > 0 && Pairs.TryGetValue((composed[^1], c), out var whole))
            {
                composed[^1] = whole;
            }
            else
            {
                composed.Append(c);
            }
        }

        return composed.ToString();
    }
}
