namespace Geode.Topology;

/// <summary>What somebody who mistyped a name probably meant.</summary>
internal static class Spelling
{
    /// <summary><c> (did you mean 'x'?)</c> with the nearest of the candidates, or nothing when none is near.</summary>
    public static string DidYouMean(string word, IEnumerable<string> candidates)
    {
        var plain = Plain(word);
        var nearest = candidates
            .Select(c => (Name: c, Distance: Distance(plain, Plain(c))))
            .OrderBy(c => c.Distance)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(2, plain.Length / 3) ? $" (did you mean '{nearest.Name}'?)" : "";
    }

    /// <summary>Edits between two words (Levenshtein; neighbours swapped count as one edit).</summary>
    internal static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }

    // "West Europe" is a spelling of westeurope.
    private static string Plain(string word) => string.Concat(word.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
