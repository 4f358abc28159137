using System.Diagnostics;
using Geode.Bench.Page;
using Geode.Control.Events;
using Geode.Control.Load;
using Geode.Topology;

namespace Geode.Bench.Drills.Days;

/// <summary>A planet of three regions under clients that follow the sun, for a day that takes some minutes; and the same day in virtual
/// time, with what was measured of the planet before it.</summary>
internal static class DayDrill
{
    /// <param name="Measured">Before the day.</param>
    /// <param name="Failed">Requests of the real day without an answer, or with status 500 or above.</param>
    public sealed record Result(DayShape Shape, ScaleSettings Scale, DayMeasured Measured, int Failed, DayOutcome Real, DayOutcome Simulated)
    {
        public IReadOnlyList<string> Faults => DayBounds.Faults(Real, Simulated, Shape.Length);
    }

    public static async Task<Result> RunAsync(DayShape shape, CancellationToken stop)
    {
        Planet? made = null;
        await using var planet = await BenchPlanet.StartAsync(DayShape.Regions, stop, given => made = shape.On(given));
        var answers = new DayAnswers(made!);
        await using var load = new ClientLoad(planet.Router, new Timeline(TimeProvider.System), TimeProvider.System, answers.Add);
        await load.StartAsync(shape.Load(sun: false));
        var measured = await DayMeasured.TakeAsync(planet, answers, stop);
        await load.StopAsync();
        await DayMeasured.SettleAsync(planet, stop);
        await planet.OrderAsync(HttpMethod.Put, "/planet/steward", new { mode = shape.Mode }, stop);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var curve = new InstanceCurve();
        await load.StartAsync(shape.Load(sun: true));
        var start = Stopwatch.GetTimestamp();
        var watching = new DayWatch(planet.Control).RunAsync(curve, start, end.Token);
        await Task.Delay(shape.Length, stop);
        var over = Stopwatch.GetTimestamp();
        await load.StopAsync();
        await end.CancelAsync();
        await watching;

        var day = answers.Between(start, over);
        return new(
            shape, made!.Scale, measured, day.Count(answer => answer.Region is null), Seen(shape, day, curve), DaySimulation.Run(shape, made, measured, stop));
    }

    private static DayOutcome Seen(DayShape shape, IReadOnlyList<DayAnswers.Answer> day, InstanceCurve curve) => new(
        [.. DayShape.Regions.Select((name, i) => new RegionOutcome(
            name, day.Count(answer => answer.Region == name), curve.Mean(i, TimeSpan.Zero, shape.Length) * shape.Length.TotalMinutes))],
        day.Count == 0 ? 0 : (double)day.Count(answer => answer.Region is null || answer.Seconds * 1000 > shape.TargetMilliseconds) / day.Count, curve);
}
