using System.Collections.Concurrent;
using Lucene.Net.Tartarus.Snowball;
using Lucene.Net.Tartarus.Snowball.Ext;

namespace Geode.Backplane.Query.Functions.FullText;

/// <summary>Reduces words of one language to their stems by the algorithms of the Snowball project. Safe to share.</summary>
internal sealed class Stemmer(FullTextLanguage language)
{
    // Most words come again and again; what was seen of a text of nonsense is forgotten together.
    private const int MostRemembered = 50_000;
    private const int LongestWord = 100;

    private readonly ConcurrentDictionary<string, string> _stems = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<SnowballProgram> _programs = [];

    /// <param name="word">In lower case.</param>
    public string Stem(string word)
    {
        if (word.Length > LongestWord)
        {
            return word;
        }

        if (_stems.TryGetValue(word, out var known))
        {
            return known;
        }

        if (_stems.Count >= MostRemembered)
        {
            _stems.Clear();
        }

        return _stems[word] = Compute(word);
    }

    private string Compute(string word)
    {
        if (!_programs.TryTake(out var program))
        {
            program = NewProgram();
        }

        program.SetCurrent(word);
        program.Stem();
        var stem = program.Current;
        _programs.Add(program);
        return stem.Length > 0 ? stem : word;
    }

    private SnowballProgram NewProgram() => language switch
    {
        FullTextLanguage.German => new GermanStemmer(),
        FullTextLanguage.Spanish => new SpanishStemmer(),
        FullTextLanguage.French => new FrenchStemmer(),
        FullTextLanguage.Italian => new ItalianStemmer(),
        FullTextLanguage.Portuguese or FullTextLanguage.BrazilianPortuguese => new PortugueseStemmer(),
        _ => new EnglishStemmer(),
    };
}
