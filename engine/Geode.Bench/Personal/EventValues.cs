using Geode.Personal;

namespace Geode.Bench.Personal;

/// <summary>Turns the values of a file into those of deeds, −1 (dislikes it) to 1 (likes it).</summary>
internal static class EventValues
{
    // So many events of everybody are added to each visitor's own: one who gives only the best mark likes all of it.
    private const double Shrink = 5;

    // More different values, or higher ones, are no marks but counts.
    private const int MostMarks = 20;

    /// <summary>
    /// All values the same (clicks): 1. Some negative (votes): divided by the largest. Few and small ones (marks): liked if above the visitor's own
    /// mean, drawn to that of all. Others (counts, times): liked, the more the higher among all.
    /// </summary>
    /// <returns>One deed for each visitor and item: the first time with the last value; in the order of time, then of the file.</returns>
    public static IReadOnlyList<Deed> ToDeeds(IReadOnlyList<RawEvent> events)
    {
        var value = Scale(events);
        return
        [
            .. events.Select((e, place) => (Event: e, Place: place))
                .OrderBy(e => e.Event.At).ThenBy(e => e.Place)
                .GroupBy(e => (e.Event.Visitor, e.Event.Item))
                .Select(g => (First: g.First().Event, Last: g.Last().Event))
                .Select(g => new Deed(g.First.Visitor, g.First.Item, value(g.Last), g.First.At)),
        ];
    }

    private static Func<RawEvent, double> Scale(IReadOnlyList<RawEvent> events)
    {
        double[] distinct = [.. events.Select(e => e.Value).Distinct().Order()];
        var (least, most) = (distinct[0], distinct[^1]);
        if (least == most) return _ => 1;
        if (least < 0) return Votes(Math.Max(-least, Math.Abs(most)));
        return distinct.Length <= MostMarks && most <= MostMarks ? Marks(events, least, most) : Counts(events);
    }

    private static Func<RawEvent, double> Votes(double largest) => e => e.Value > 0 ? Liked(e.Value / largest) : e.Value / largest;

    private static Func<RawEvent, double> Marks(IReadOnlyList<RawEvent> events, double least, double most)
    {
        var all = events.Average(e => e.Value);
        var own = events.GroupBy(e => e.Visitor).ToDictionary(g => g.Key, g => (g.Sum(e => e.Value) + Shrink * all) / (g.Count() + Shrink));
        return e => e.Value > own[e.Visitor]
            ? Liked((e.Value - own[e.Visitor]) / (most - own[e.Visitor]))
            : -(own[e.Visitor] - e.Value) / (own[e.Visitor] - least);
    }

    private static Func<RawEvent, double> Counts(IReadOnlyList<RawEvent> events)
    {
        double[] sorted = [.. events.Select(e => e.Value).Order()];
        return e => e.Value <= 0 ? 0 : 0.5 + 0.5 * Below(sorted, e.Value) / sorted.Length;
    }

    // Whatever is liked is above a view.
    private static double Liked(double share) => Deed.View + (1 - Deed.View) * share;

    private static int Below(double[] sorted, double value)
    {
        var (from, to) = (0, sorted.Length);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (sorted[middle] < value) from = middle + 1;
            else to = middle;
        }

        return from;
    }
}
