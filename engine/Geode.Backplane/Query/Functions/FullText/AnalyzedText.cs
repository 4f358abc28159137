namespace Geode.Backplane.Query.Functions.FullText;

/// <summary>A text as full-text search sees it: the stems of its words in order, without those that are left out.</summary>
internal sealed class AnalyzedText(TextWord[] words)
{
    public ReadOnlySpan<TextWord> Words => words;

    /// <summary>The number of words that count.</summary>
    public int Length => words.Length;
}

/// <param name="Position">The word's number in the text; words that are left out are counted.</param>
internal readonly record struct TextWord(string Stem, int Position);
