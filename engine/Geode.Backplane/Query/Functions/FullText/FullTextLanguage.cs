namespace Geode.Backplane.Query.Functions.FullText;

/// <summary>A language that texts may be in; what differs is how words are reduced to their stems, and which are left out.</summary>
internal enum FullTextLanguage
{
    English,
    German,
    Spanish,
    French,
    Italian,
    Portuguese,
    BrazilianPortuguese,
}

internal static class FullTextLanguages
{
    private static readonly (string Code, FullTextLanguage Language)[] All =
    [
        ("en-US", FullTextLanguage.English),
        ("de-DE", FullTextLanguage.German),
        ("es-ES", FullTextLanguage.Spanish),
        ("fr-FR", FullTextLanguage.French),
        ("it-IT", FullTextLanguage.Italian),
        ("pt-BR", FullTextLanguage.BrazilianPortuguese),
        ("pt-PT", FullTextLanguage.Portuguese),
    ];

    public static IEnumerable<string> Codes => All.Select(entry => entry.Code);

    /// <summary>Null for a code that is none of them; upper and lower case are the same.</summary>
    public static FullTextLanguage? Parse(string code)
    {
        foreach (var (known, language) in All)
        {
            if (known.Equals(code, StringComparison.OrdinalIgnoreCase))
            {
                return language;
            }
        }

        return null;
    }
}
