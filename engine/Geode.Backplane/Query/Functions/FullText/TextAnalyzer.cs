namespace Geode.Backplane.Query.Functions.FullText;

/// <summary>Turns texts of one language into stems: composed, cut into words, in lower case, without stop words, stemmed. Safe to share.</summary>
internal sealed class TextAnalyzer
{
    private static readonly TextAnalyzer?[] Made = new TextAnalyzer?[Enum.GetValues<FullTextLanguage>().Length];

    private readonly FullTextLanguage _language;
    private readonly Stemmer _stemmer;

    private TextAnalyzer(FullTextLanguage language) => (_language, _stemmer) = (language, new Stemmer(language));

    /// <summary>The analyzer of a language, made at the first need: who has no full text loads no stemmers.</summary>
    public static TextAnalyzer Of(FullTextLanguage language) => Made[(int)language] ??= new TextAnalyzer(language);

    public AnalyzedText Analyze(string text)
    {
        var words = new List<TextWord>();
        var breaker = new WordBreaker(Accents.Compose(text));
        for (var position = 0; breaker.TryNext(out var found); position++)
        {
            var word = Plain(found);
            if (!StopWords.Contains(_language, word))
            {
                words.Add(new TextWord(_stemmer.Stem(word), position));
            }
        }

        return new AnalyzedText([.. words]);
    }

    private static string Plain(ReadOnlySpan<char> word)
    {
        Span<char> lower = word.Length <= 256 ? stackalloc char[256] : new char[word.Length];
        lower = lower[..word.ToLowerInvariant(lower)];
        lower.Replace('\u2019', '\'');
        return new string(lower);
    }
}
