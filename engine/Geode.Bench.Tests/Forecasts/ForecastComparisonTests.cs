using Geode.Bench.Forecasts;
using Geode.Foresight.Forecasting;

namespace Geode.Bench.Tests.Forecasts;

public sealed class ForecastComparisonTests
{
    private const int Day = 48;

    [Fact]
    public void Figures_are_what_the_forecasts_made_of_the_test()
    {
        var (train, test) = (Series(0, 6 * Day), Series(6 * Day, 3 * Day));
        var result = new ForecastComparison(Day, [1, 5]).Run(train, test);

        Assert.Equal([6 * Day, 3 * Day], [result.TrainSteps, result.TestSteps]);
        var five = result.Horizons[1];
        Assert.Equal(5, five.Horizon);
        var forecaster = new SeriesForecaster(new ForecastSettings(Day, 5));
        var (error, last, inside) = (0d, 0d, 0);
        var all = train.Values.Concat(test.Values).ToArray();
        for (var step = 0; step + 5 < all.Length; step++)
        {
            forecaster.Observe(step, all[step]);
            if (step + 5 < train.Values.Length) continue;
            var forecast = forecaster.At(5);
            error += Math.Abs(forecast.Value - all[step + 5]) / test.Values.Length;
            last += Math.Abs(all[step] - all[step + 5]) / test.Values.Length;
            if (forecast.Lower <= all[step + 5] && all[step + 5] <= forecast.Upper) inside++;
        }

        Assert.Equal(error, five.MeanAbsoluteError, 9);
        Assert.Equal(last, five.Simple["last"], 9);
        Assert.Equal(inside / (double)test.Values.Length, five.Coverage, 9);
        Assert.Equal(["last", "smoothed", "tenMinuteMean", "yesterday", "holtWinters"], five.Simple.Keys);
        Assert.Equal(five.Simple.Values.Min(), five.Simple[five.Best]);
        Assert.Equal(error / five.Simple[five.Best], five.Ratio!.Value, 9);
        Assert.True(result.MicrosecondsPerStep > 0);
    }

    [Fact]
    public void A_test_that_counts_its_steps_anew_goes_on_after_the_training()
    {
        var train = Series(0, 6 * Day);
        var (going, anew) = (Series(6 * Day, Day), Series(6 * Day, Day));
        anew = anew with { Steps = [.. anew.Steps.Select(step => step - (6 * Day))] };
        var comparison = new ForecastComparison(Day, [5]);
        Assert.Equal(comparison.Run(train, going).Horizons[0].MeanAbsoluteError, comparison.Run(train, anew).Horizons[0].MeanAbsoluteError);
    }

    [Fact]
    public void Values_that_never_were_forecast_do_not_count()
    {
        var test = Series(6 * Day, Day);
        // Every other step: none has a value the one before it.
        var torn = new SeriesFile([.. test.Steps.Where(step => step % 2 == 1)], [.. test.Values.Where((_, i) => test.Steps[i] % 2 == 1)]);
        var train = Series(0, 6 * Day);
        Assert.Equal("No step of the test has a value 1 steps before it: leave the horizon 1 out.", Assert.Throws<BenchException>(() => new ForecastComparison(Day, [1]).Run(train with { Steps = train.Steps[..^1], Values = train.Values[..^1] }, torn)).Message);
        Assert.True(new ForecastComparison(Day, [2]).Run(train, torn).Horizons[0].MeanAbsoluteError > 0);
    }

    [Fact]
    public void Where_the_simplest_is_never_wrong_there_is_no_ratio_to_it()
    {
        static SeriesFile Constant(int from) => new([.. Enumerable.Range(from, 100).Select(i => (long)i)], [.. Enumerable.Repeat(7d, 100)]);
        var result = new ForecastComparison(Day, [1]).Run(Constant(0), Constant(100)).Horizons[0];
        Assert.Equal(0, result.Simple[result.Best]);
        Assert.True(result.Ratio is null or 1);
        Assert.Equal(1, result.Coverage);
    }

    private static SeriesFile Series(int from, int count) => new(
        [.. Enumerable.Range(from, count).Select(i => (long)i)],
        [.. Enumerable.Range(from, count).Select(i => 50 + (30 * Math.Sin(2 * Math.PI * i / Day)) + (i * 7919 % 13))]);
}
