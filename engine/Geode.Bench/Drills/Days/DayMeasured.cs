using System.Diagnostics;
using System.Globalization;
using Geode.Bench.Page;

namespace Geode.Bench.Drills.Days;

/// <summary>What is measured of the real planet before the day, and given to the simulation.</summary>
/// <param name="ServiceMilliseconds">Mean time of a request at the mean rate of the day, without the way.</param>
/// <param name="Variation">Standard deviation of it by the mean.</param>
/// <param name="ColdStarts">Seconds from the order for a second instance until it served, by region.</param>
internal sealed record DayMeasured(double ServiceMilliseconds, double Variation, IReadOnlyList<double> ColdStarts)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The middle one.</summary>
    public double ColdStartSeconds => ColdStarts.Order().ElementAt(ColdStarts.Count / 2);

    /// <summary>With one instance in each geode, and clients that ask already.</summary>
    public static async Task<DayMeasured> TakeAsync(BenchPlanet planet, DayAnswers answers, CancellationToken stop)
    {
        foreach (var region in DayShape.Regions)
            await FixAsync(planet, region, 1, stop);
        // What a process does for the first time is slow, and is not what it does all day.
        await Task.Delay(WarmUp, stop);
        var from = Stopwatch.GetTimestamp();
        await Task.Delay(Calm, stop);
        var (mean, variation) = Of([.. answers.Between(from, Stopwatch.GetTimestamp()).Where(answer => answer.Region is not null).Select(answer => answer.Seconds)]);
        var starts = new List<double>();
        for (var region = 0; region < DayShape.Regions.Length; region++)
            starts.Add(await ColdStartAsync(planet, region, stop));
        return new(mean * 1000, variation, starts);
    }

    /// <summary>Lets the autoscaler decide again, and waits until each geode has the one instance that it begins with.</summary>
    public static async Task SettleAsync(BenchPlanet planet, CancellationToken stop)
    {
        foreach (var region in DayShape.Regions)
            await FixAsync(planet, region, null, stop);
        var watch = new DayWatch(planet.Control);
        await UntilAsync("each geode has one instance", async () => (await watch.CountAsync(stop)).All(count => count is (1, 0)), stop);
    }

    /// <exception cref="BenchException">There is nothing to measure by.</exception>
    internal static (double Mean, double Variation) Of(IReadOnlyList<double> seconds)
    {
        if (seconds.Count < 2 || seconds.Average() is not (> 0 and var mean))
            throw new BenchException($"{seconds.Count} requests were answered before the day, too few to know how long one takes.");
        return (mean, Math.Sqrt(seconds.Average(s => (s - mean) * (s - mean))) / mean);
    }

    private static async Task<double> ColdStartAsync(BenchPlanet planet, int region, CancellationToken stop)
    {
        var watch = new DayWatch(planet.Control);
        var ordered = Stopwatch.GetTimestamp();
        await FixAsync(planet, DayShape.Regions[region], 2, stop);
        await UntilAsync($"{DayShape.Regions[region]} has a second instance", async () => (await watch.CountAsync(stop))[region].Running >= 2, stop);
        var took = Stopwatch.GetElapsedTime(ordered).TotalSeconds;
        await FixAsync(planet, DayShape.Regions[region], 1, stop);
        return Math.Round(took, 2);
    }

    private static Task FixAsync(BenchPlanet planet, string region, int? count, CancellationToken stop) =>
        planet.OrderAsync(HttpMethod.Put, $"/planet/regions/{region}/instances", new { count }, stop);

    private static async Task UntilAsync(string what, Func<Task<bool>> isSo, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new BenchException(string.Create(CultureInfo.InvariantCulture, $"Not within {Patience.TotalMinutes:0} minutes: {what}."));
            await Task.Delay(Look, stop);
        }
    }
}
