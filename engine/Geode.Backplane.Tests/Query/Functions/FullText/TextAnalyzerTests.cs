using Geode.Backplane.Query.Functions.FullText;

namespace Geode.Backplane.Tests.Query.Functions.FullText;

public sealed class TextAnalyzerTests
{
    [Theory]
    [InlineData("Red bicycles, and mountains!", "Red|bicycles|and|mountains")]
    [InlineData("It's 3.14 or 1,977; e.g. A.B.", "It's|3.14|or|1,977|e.g|A.B")]
    [InlineData("rock'n'roll don’t 'quoted' x-ray", "rock'n'roll|don’t|quoted|x|ray")]
    [InlineData("snake_case __ _x 9th a1b2", "snake_case|_x|9th|a1b2")]
    [InlineData("end.Start 10.x x.10 12:30", "end.Start|10|x|x|10|12|30")]
    [InlineData("e\u0301tude na\u00EFve Straße", "e\u0301tude|na\u00EFve|Straße")]
    [InlineData("日本語 です カタカナ", "日|本|語|で|す|カタカナ")]
    [InlineData("smile 😀 \uD83D half", "smile|half")]
    [InlineData("", "")]
    [InlineData(" \t\n -- ... ", "")]
    public void Text_is_cut_into_words(string text, string words)
    {
        var found = new List<string>();
        var breaker = new WordBreaker(text);
        while (breaker.TryNext(out var word))
            found.Add(word.ToString());
        Assert.Equal(words, string.Join('|', found));
    }

    [Theory]
    [InlineData("en-US", "The Runners were RUNNING in the mountains", "runner run mountain")]
    [InlineData("en-us", "You can’t; it's the first of the state’s ponies", "state poni")]
    [InlineData("de-DE", "Die Häuser und das Haus", "die haus und das haus")]
    [InlineData("fr-FR", "Ils continuent continuellement", "il continuent continuel")]
    [InlineData("es-ES", "las canciones", "las cancion")]
    [InlineData("it-IT", "le canzoni", "le canzon")]
    [InlineData("pt-BR", "as quilométricas", "as quilométr")]
    [InlineData("pt-PT", "as quilométricas", "as quilométr")]
    public void Words_become_stems_and_English_has_stop_words(string language, string text, string stems) =>
        Assert.Equal(stems, string.Join(' ', Analyzer(language).Analyze(text).Words.ToArray().Select(word => word.Stem)));

    [Fact]
    public void Words_that_are_left_out_keep_their_places()
    {
        var words = Analyzer("en-US").Analyze("the State of the Union").Words.ToArray();
        Assert.Equal([new TextWord("state", 1), new TextWord("union", 4)], words);
    }

    [Fact]
    public void An_accent_may_be_a_character_of_its_own() =>
        Assert.Equal(Analyzer("fr-FR").Analyze("\u00E9t\u00E9").Words.ToArray(), Analyzer("fr-FR").Analyze("e\u0301te\u0301").Words.ToArray());

    [Fact]
    public void Words_of_any_length_and_halves_of_characters_are_words_or_nothing()
    {
        var long1 = new string('a', 5_000);
        Assert.Equal(long1, Assert.Single(Analyzer("en-US").Analyze(long1).Words.ToArray()).Stem);
        Assert.Equal(["\u00E9"], Analyzer("de-DE").Analyze("\uDC00 e\u0301 \uD800").Words.ToArray().Select(word => word.Stem));
    }

    [Fact]
    public void The_stemmers_can_be_used_by_many_at_once()
    {
        var words = Enumerable.Range(0, 2_000).Select(i => $"running{i} mountains{i}s").ToArray();
        var one = words.Select(Stems).ToArray();
        var many = new string[words.Length];
        Parallel.For(0, words.Length, i => many[i] = Stems(words[i]));
        Assert.Equal(one, many);

        static string Stems(string text) => string.Join(' ', Analyzer("en-US").Analyze(text).Words.ToArray().Select(word => word.Stem));
    }

    [Fact]
    public void Languages_are_those_that_Azure_documents()
    {
        Assert.Equal(["en-US", "de-DE", "es-ES", "fr-FR", "it-IT", "pt-BR", "pt-PT"], FullTextLanguages.Codes);
        Assert.Null(FullTextLanguages.Parse("nl-NL"));
    }

    private static TextAnalyzer Analyzer(string language) => TextAnalyzer.Of(FullTextLanguages.Parse(language)!.Value);
}
