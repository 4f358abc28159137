namespace Geode.Service.Conflicts;

/// <summary>Merges two edits of one text, line by line, against the text both started from.</summary>
public static class TextMerge
{
    /// <summary>Stands between two versions of a passage that both changed.</summary>
    public const string Divider = "---";

    // Lines × lines compared; a body of 20,000 characters rarely has more than a few hundred lines.
    private const long MaxComparisons = 4_000_000;

    /// <summary>Takes every change that only one side made; where both changed the same passage, keeps both.</summary>
    public static string Merge(string start, string one, string other)
    {
        if (one == other || start == other)
            return one;
        if (start == one)
            return other;

        var (o, a, b) = (Lines(start), Lines(one), Lines(other));
        if ((long)o.Length * Math.Max(a.Length, b.Length) > MaxComparisons)
            return Both(one, other);

        // Where each line of the start went on either side; -1 where it was changed.
        var (inA, inB) = (Matches(o, a), Matches(o, b));
        var merged = new List<string>();
        var (i, atA, atB) = (0, 0, 0);
        while (i <= o.Length)
        {
            // The next line that both sides kept.
            var kept = i;
            while (kept < o.Length && (inA[kept] < 0 || inB[kept] < 0))
                kept++;
            var (toA, toB) = kept < o.Length ? (inA[kept], inB[kept]) : (a.Length, b.Length);
            Passage(merged, o[i..kept], a[atA..toA], b[atB..toB]);
            if (kept < o.Length)
                merged.Add(o[kept]);
            (i, atA, atB) = (kept + 1, toA + 1, toB + 1);
        }

        return string.Join('\n', merged);
    }

    /// <summary>Both texts one after the other, in an order that does not depend on who asks.</summary>
    public static string Both(string one, string other)
    {
        if (one == other)
            return one;
        return string.CompareOrdinal(one, other) < 0 ? $"{one}\n{Divider}\n{other}" : $"{other}\n{Divider}\n{one}";
    }

    private static void Passage(List<string> merged, string[] start, string[] a, string[] b)
    {
        if (a.SequenceEqual(b) || b.SequenceEqual(start))
            merged.AddRange(a);
        else if (a.SequenceEqual(start))
            merged.AddRange(b);
        else
            merged.AddRange(Both(string.Join('\n', a), string.Join('\n', b)).Split('\n'));
    }

    // Longest common subsequence; for each line of the first text its place in the second, or -1.
    private static int[] Matches(string[] from, string[] to)
    {
        var length = new int[from.Length + 1, to.Length + 1];
        for (var i = from.Length - 1; i >= 0; i--)
        {
            for (var j = to.Length - 1; j >= 0; j--)
                length[i, j] = from[i] == to[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
        }

        var matches = new int[from.Length];
        Array.Fill(matches, -1);
        for (var (i, j) = (0, 0); i < from.Length && j < to.Length;)
        {
            if (from[i] == to[j])
                matches[i++] = j++;
            else if (length[i + 1, j] >= length[i, j + 1])
                i++;
            else
                j++;
        }

        return matches;
    }

    private static string[] Lines(string text) => text.Split('\n');
}
