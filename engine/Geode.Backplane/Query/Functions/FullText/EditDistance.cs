namespace Geode.Backplane.Query.Functions.FullText;

/// <summary>How many characters have to be put in, left out or replaced to make one word of another (V. Levenshtein 1966).</summary>
internal static class EditDistance
{
    /// <summary>Whether at most so many changes are enough.</summary>
    public static bool IsWithin(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int most)
    {
        if (Math.Abs(left.Length - right.Length) > most)
        {
            return false;
        }

        if (left.SequenceEqual(right))
        {
            return true;
        }

        Span<int> row = right.Length < 128 ? stackalloc int[128] : new int[right.Length + 1];
        row = row[..(right.Length + 1)];
        for (var j = 0; j <= right.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            var least = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(cost, Math.Min(row[j], row[j - 1]) + 1);
                least = Math.Min(least, row[j]);
            }

            if (least > most)
            {
                return false;
            }
        }

        return row[^1] <= most;
    }
}
