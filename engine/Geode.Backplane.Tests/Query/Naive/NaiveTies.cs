namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Compares rows whose order is open among those that ORDER BY says nothing about.</summary>
internal static class NaiveTies
{
    // Partitions add up in another order, which shows in the last digits.
    private const int Digits = 12;

    public static string Spell(NaiveValue value) => NaiveJson.Write(value, Digits);

    public static bool Agree(List<NaiveResult> expected, List<string> actual)
    {
        if (expected.Count != actual.Count)
            return false;
        for (var start = 0; start < expected.Count;)
        {
            var tied = expected.Skip(start).TakeWhile(row => NaiveOrder.Same(NaiveValue.Of(row.Keys), NaiveValue.Of(expected[start].Keys))).ToList();
            var ours = tied.Select(row => Spell(row.Value)).Order(StringComparer.Ordinal);
            if (!ours.SequenceEqual(actual.Skip(start).Take(tied.Count).Order(StringComparer.Ordinal)))
                return false;
            start += tied.Count;
        }

        return true;
    }
}
