using FsCheck;
using FsCheck.Fluent;
using Geode.Foresight.Forecasting;

namespace Geode.Foresight.Tests.Forecasting;

/// <summary>What holds for every series.</summary>
public sealed class ForecastPropertyTests
{
    // Each is of some hundred values: few of them hold many cases.
    private static readonly Config Few = Config.QuickThrowOnFailure.WithMaxTest(30);

    private static readonly ForecastSettings Settings = new(24, 12);

    [Fact]
    public void Forecasts_are_finite_not_negative_and_in_their_interval() =>
        Prop.ForAll(AnySeries(), series => Forecasts(series).All(f =>
            double.IsFinite(f.Upper) && f.Lower >= 0 && f.Lower <= f.Value && f.Value <= f.Upper)).Check(Few);

    [Fact]
    public void No_forecast_is_far_outside_of_what_has_been_seen() =>
        Prop.ForAll(AnySeries(), series => Forecasts(series).All(f => f.Value <= 3 * series.Max(o => o.Value) * (1 + 1e-9))).Check(Few);

    [Fact]
    public void The_unit_does_not_matter() =>
        Prop.ForAll(AnySeries(), Gen.Choose(-20, 20).ToArbitrary(), (series, power) =>
        {
            var factor = Math.Pow(2, power);
            return Forecasts(series).Zip(Forecasts([.. series.Select(o => (o.Gap, o.Value * factor))])).All(pair =>
                Near(pair.First.Value * factor, pair.Second.Value) && Near(pair.First.Lower * factor, pair.Second.Lower) && Near(pair.First.Upper * factor, pair.Second.Upper));
        }).Check(Few);

    [Fact]
    public void A_constant_part_does_not_matter() =>
        Prop.ForAll(Gen.Choose(1, 1000).ToArbitrary(), Gen.Choose(0, 8).ToArbitrary(), (seed, thousands) =>
        {
            // Away from 0, where a forecast is cut off.
            var values = MadeSeries.Daily(4, 1000, seed);
            var (low, high) = (new SeriesForecaster(new ForecastSettings(MadeSeries.Day, 30)), new SeriesForecaster(new ForecastSettings(MadeSeries.Day, 30)));
            for (var step = 0; step < values.Length; step++)
            {
                low.Observe(step, values[step]);
                high.Observe(step, values[step] + (1000 * thousands));
            }

            var (a, b) = (low.At(10), high.At(10));
            return Math.Abs(a.Value + (1000 * thousands) - b.Value) < 0.1 * (a.Upper - a.Lower) && Math.Abs(b.Upper - b.Lower - (a.Upper - a.Lower)) < 0.2 * (a.Upper - a.Lower);
        }).Check(Few);

    [Fact]
    public void The_same_series_has_the_same_forecasts() =>
        Prop.ForAll(AnySeries(), series => Forecasts(series).SequenceEqual(Forecasts(series))).Check(Few);

    [Fact]
    public void Years_of_a_hostile_series_do_no_harm()
    {
        var random = new Random(9);
        var forecaster = new SeriesForecaster(Settings);
        var step = 0L;
        for (var i = 0; i < 30_000; i++)
        {
            // Silence, a constant, chance of any size, and one step in a thousand a long absence.
            step += random.Next(1000) == 0 ? random.Next(1, 100_000) : 1;
            var value = (i / 500 % 4) switch { 0 => 0, 1 => 1e-3, 2 => random.NextDouble() * 1e9, _ => Math.Exp(40 * (random.NextDouble() - 0.5)) };
            forecaster.Observe(step, value);
            var forecast = forecaster.At(1 + (i % 12));
            Assert.True(double.IsFinite(forecast.Upper) && forecast.Lower <= forecast.Value && forecast.Value <= forecast.Upper && forecast.Lower >= 0, $"{i}: {forecast}");
        }
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-6 * Math.Max(Math.Abs(a), Math.Abs(b));

    private static List<Forecast> Forecasts((int Gap, double Value)[] series)
    {
        var forecaster = new SeriesForecaster(Settings);
        var forecasts = new List<Forecast>();
        var step = 0L;
        foreach (var (gap, value) in series)
        {
            forecaster.Observe(step += gap, value);
            for (var steps = 1; steps <= Settings.Horizon; steps++)
                forecasts.Add(forecaster.At(steps));
        }

        return forecasts;
    }

    // Short gaps and long ones, values of all sizes and many zeros.
    private static Arbitrary<(int Gap, double Value)[]> AnySeries()
    {
        var gap = Gen.Frequency((20, Gen.Constant(1)), (2, Gen.Choose(2, 30)), (1, Gen.Choose(100, 5000)));
        var value = Gen.Frequency((3, Gen.Constant(0d)), (5, Gen.Choose(0, 100).Select(n => (double)n)), (5, Gen.Choose(1, 1_000_000).Select(n => n / 64d)));
        return Gen.NonEmptyListOf(gap.SelectMany(_ => value, (g, v) => (g, v))).Resize(200).Select(list => list.ToArray()).ToArbitrary();
    }
}
