using System.Text;

namespace Geode.Backplane.Query.Planning.Ranges;

/// <summary>The strings that a LIKE pattern can match: one, or those with the pattern's literal beginning.</summary>
/// <param name="IsExact">The pattern matches all of them, and not only some.</param>
internal sealed record LikeRange(ValueSet Strings, bool IsExact)
{
    public static readonly LikeRange Any = new(ValueSet.AllStrings, IsExact: false);

    public static LikeRange Of(string pattern, string? escape)
    {
        var literal = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (escape is { Length: > 0 } && pattern[i] == escape[0])
            {
                // An escape with nothing after it matches nothing.
                if (++i == pattern.Length) return new LikeRange(ValueSet.None, IsExact: true);
                literal.Append(pattern[i]);
            }
            else if (pattern[i] == '[' && i + 2 < pattern.Length && pattern[i + 2] == ']' && pattern[i + 1] != '^')
            {
                literal.Append(pattern[i + 1]);
                i += 2;
            }
            else if (pattern[i] is '%' or '_' or '[')
            {
                return new LikeRange(StartingWith(literal.ToString()), IsExact: pattern.AsSpan(i) is "%");
            }
            else
            {
                literal.Append(pattern[i]);
            }
        }

        return new LikeRange(ValueSet.OfString(Interval<string>.Point(literal.ToString())), IsExact: true);
    }

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
