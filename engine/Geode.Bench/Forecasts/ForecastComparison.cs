using Geode.Bench.Forecasts.Simple;
using Geode.Foresight.Forecasting;

namespace Geode.Bench.Forecasts;

/// <summary>Our forecasts of a series beside simple ones, at each step of the test, with what had been seen until the horizon before it. The
/// simple ones' constants are those that were best on the training series, for each horizon.</summary>
/// <param name="StepsPerDay">Steps in a day.</param>
/// <param name="Horizons">In steps.</param>
internal sealed record ForecastComparison(int StepsPerDay, IReadOnlyList<int> Horizons)
{
    private const double Coverage = 0.9;

    public ForecastResult Run(SeriesFile train, SeriesFile test)
    {
        var all = train.Then(test);
        var from = train.Steps.Length;
        var (ours, microseconds) = Ours(all, from);
        return new(
            train.Steps.Length, test.Steps.Length, microseconds,
            [.. Horizons.Select((horizon, i) => Compare(all, from, horizon, ours[i]))]);
    }

    // Forecasts by the step that they are for.
    private (Dictionary<long, Forecast>[] Forecasts, double Microseconds) Ours(SeriesFile all, int from)
    {
        var forecaster = new SeriesForecaster(new ForecastSettings(StepsPerDay, Horizons.Max(), Coverage));
        var forecasts = Horizons.Select(_ => new Dictionary<long, Forecast>()).ToArray();
        var newest = new Forecast[Horizons.Count];
        var began = TimeSpan.Zero;
        for (var i = 0; i < all.Steps.Length; i++)
        {
            // Time of the processor, not of the clock: what else runs on the machine is not our cost.
            if (i == from) began = Environment.CpuUsage.TotalTime;
            forecaster.Observe(all.Steps[i], all.Values[i]);
            for (var h = 0; h < newest.Length; h++)
                newest[h] = forecaster.At(Horizons[h]);
            for (var h = 0; h < newest.Length; h++)
                forecasts[h][all.Steps[i] + Horizons[h]] = newest[h];
        }

        return (forecasts, (Environment.CpuUsage.TotalTime - began).TotalMicroseconds / (all.Steps.Length - from));
    }

    private HorizonResult Compare(SeriesFile all, int from, int horizon, Dictionary<long, Forecast> ours)
    {
        // Steps whose forecast was due are the same for all methods: those that have a value, and had one the horizon before.
        var due = Enumerable.Range(from, all.Steps.Length - from).Where(i => ours.ContainsKey(all.Steps[i])).ToArray();
        if (due.Length == 0) throw new BenchException($"No step of the test has a value {horizon} steps before it: leave the horizon {horizon} out.");

        var filled = all.Filled();
        var train = filled.AsSpan(0, (int)(all.Steps[from - 1] - all.Steps[0] + 1));
        var simple = new Dictionary<string, double>();
        ISimpleForecast[] methods = [new LastValue(), new Smoothing(), new RecentMean(), new Yesterday(StepsPerDay), new HoltWinters(StepsPerDay)];
        foreach (var method in methods)
        {
            method.Fit(train, horizon);
            var forecasts = method.Forecast(filled, horizon);
            simple[method.Name] = due.Average(i => Math.Abs(all.Values[i] - forecasts[all.Steps[i] - all.Steps[0] - horizon]));
        }

        var best = simple.MinBy(s => s.Value);
        var error = due.Average(i => Math.Abs(all.Values[i] - ours[all.Steps[i]].Value));
        return new(
            horizon, error, simple, best.Key, best.Value > 0 ? error / best.Value : error > 0 ? null : 1,
            due.Average(i => ours[all.Steps[i]] is var f && f.Lower <= all.Values[i] && all.Values[i] <= f.Upper ? 1d : 0),
            due.Average(i => ours[all.Steps[i]].Upper - ours[all.Steps[i]].Lower));
    }
}

/// <param name="TrainSteps">Values learned from before the test.</param>
/// <param name="TestSteps">Values of the test.</param>
/// <param name="MicrosecondsPerStep">Of the processor, to take a value and to forecast at all horizons.</param>
internal sealed record ForecastResult(int TrainSteps, int TestSteps, double MicrosecondsPerStep, IReadOnlyList<HorizonResult> Horizons);

/// <param name="Horizon">In steps.</param>
/// <param name="MeanAbsoluteError">Of ours.</param>
/// <param name="Simple">The same of each simple forecast.</param>
/// <param name="Best">The best of these.</param>
/// <param name="Ratio">Ours divided by it; null: it was never wrong, and ours was.</param>
/// <param name="Coverage">Share of values that were in our 90 % interval.</param>
/// <param name="Width">The interval's mean width.</param>
internal sealed record HorizonResult(
    int Horizon, double MeanAbsoluteError, IReadOnlyDictionary<string, double> Simple, string Best, double? Ratio, double Coverage, double Width);
