using System.Text;

namespace Geode.Backplane.Query.Planning.Ranges;

/// <summary>The strings that a LIKE pattern can match: exactly one, or those with the pattern's literal beginning.</summary>
internal static class LikeRange
{
    public static ValueSet Of(string pattern, string? escape)
    {
        var literal = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (escape is { Length: > 0 } && pattern[i] == escape[0])
            {
                // An escape with nothing after it matches nothing.
                if (++i == pattern.Length) return ValueSet.None;
                literal.Append(pattern[i]);
            }
            else if (pattern[i] == '[' && i + 2 < pattern.Length && pattern[i + 2] == ']' && pattern[i + 1] != '^')
            {
                literal.Append(pattern[i + 1]);
                i += 2;
            }
            else if (pattern[i] is '%' or '_' or '[')
            {
                return StartingWith(literal.ToString());
            }
            else
            {
                literal.Append(pattern[i]);
            }
        }

        return ValueSet.OfString(Interval<string>.Point(literal.ToString()));
    }

    /// <summary>Whether the set holds nothing that the pattern does not match.</summary>
    public static bool IsExact(ValueSet strings) => strings.Strings.Points() is not null;

    public static ValueSet StartingWith(string prefix)
    {
        // The first string after all of them: the last character raised by one.
        var end = prefix.Length;
        while (end > 0 && prefix[end - 1] == char.MaxValue) end--;
        if (end == 0) return ValueSet.AllStrings;
        var next = prefix[..(end - 1)] + (char)(prefix[end - 1] + 1);
        return ValueSet.OfString(new(Bound<string>.Including(prefix), Bound<string>.Excluding(next)));
    }
}
