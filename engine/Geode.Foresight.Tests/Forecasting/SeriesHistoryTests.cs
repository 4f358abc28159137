using FsCheck;
using FsCheck.Fluent;
using Geode.Foresight.Forecasting;

namespace Geode.Foresight.Tests.Forecasting;

public sealed class SeriesHistoryTests
{
    private const int Capacity = 20;

    [Fact]
    public void It_is_a_list_of_the_newest_steps() =>
        Prop.ForAll(Gen.ListOf(Gen.Frequency((8, Gen.Constant(1)), (2, Gen.Choose(2, 50)))).ToArbitrary(), gaps =>
        {
            var history = new SeriesHistory(Capacity);
            var all = new List<double>();
            foreach (var gap in gaps)
            {
                // The first value is that of step 0, whatever was before it.
                if (all.Count > 0) all.AddRange(Enumerable.Repeat(double.NaN, gap - 1));
                all.Add(all.Count % 7);
                history.Add(all.Count == 1 ? 1 : gap, all[^1]);
            }

            return Steps(all).All(step => history[step].Equals(step < all.Count - Capacity ? double.NaN : all[step]))
                && Windows(all).All(w => Same(history.Mean(w.From, w.To), Mean(all, w.From, w.To)))
                && double.IsNaN(history[-1]) && double.IsNaN(history[all.Count]) && history.Last == all.Count - 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Small_values_are_not_lost_behind_large_ones()
    {
        var history = new SeriesHistory(Capacity);
        for (var step = 0; step < 1000; step++)
            history.Add(1, 1e15);
        for (var step = 0; step < 3 * Capacity; step++)
            history.Add(1, 0.25);
        Assert.Equal(0.25, history.Mean(history.Last - 9, history.Last));
    }

    private static IEnumerable<int> Steps(List<double> all) => Enumerable.Range(0, all.Count);

    // All that lie in what is kept, but for its first step.
    private static IEnumerable<(int From, int To)> Windows(List<double> all) =>
        from offset in Enumerable.Range(0, Math.Min(Capacity - 1, Math.Max(0, all.Count - 1)))
        from length in new[] { 1, 2, 5 }
        let @from = all.Count - 1 - offset
        where @from + length <= all.Count
        select (@from, @from + length - 1);

    private static double Mean(List<double> all, int from, int to)
    {
        var values = all[from..(to + 1)].Where(v => !double.IsNaN(v)).ToArray();
        return values.Length == 0 ? double.NaN : values.Average();
    }

    private static bool Same(double a, double b) => (double.IsNaN(a) && double.IsNaN(b)) || Math.Abs(a - b) < 1e-9;
}
