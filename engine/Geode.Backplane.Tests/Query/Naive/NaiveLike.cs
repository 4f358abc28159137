namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>LIKE, by trying: % any text, _ one character, [a-c] and [^a-c] one of a set.</summary>
internal static class NaiveLike
{
    public static NaiveValue Value(NaiveValue text, NaiveValue pattern, string? escape) => text is NaiveText words && pattern is NaiveText form
        ? NaiveValue.Of(Matches(words.Value, form.Value, escape))
        : NaiveValue.Undefined;

    private static bool Matches(string text, string pattern, string? escape)
    {
        if (pattern.Length == 0)
            return text.Length == 0;
        if (escape is not null && pattern.StartsWith(escape, StringComparison.Ordinal))
            return pattern.Length > escape.Length && text.Length > 0 && text[0] == pattern[escape.Length] && Matches(text[1..], pattern[(escape.Length + 1)..], escape);
        switch (pattern[0])
        {
            case '%':
                return Enumerable.Range(0, text.Length + 1).Any(taken => Matches(text[taken..], pattern[1..], escape));
            case '_':
                return text.Length > 0 && Matches(text[1..], pattern[1..], escape);
            case '[':
                var end = pattern.IndexOf(']', StringComparison.Ordinal);
                return end > 0 && text.Length > 0 && InSet(text[0], pattern[1..end]) && Matches(text[1..], pattern[(end + 1)..], escape);
            default:
                return text.Length > 0 && text[0] == pattern[0] && Matches(text[1..], pattern[1..], escape);
        }
    }

    private static bool InSet(char character, string set)
    {
        if (set.StartsWith('^'))
            return !InSet(character, set[1..]);
        if (set.Length == 0)
            return false;
        return set.Length >= 3 && set[1] == '-'
            ? (character >= set[0] && character <= set[2]) || InSet(character, set[3..])
            : character == set[0] || InSet(character, set[1..]);
    }
}
