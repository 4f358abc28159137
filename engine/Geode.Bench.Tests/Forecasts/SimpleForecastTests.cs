using Geode.Bench.Forecasts.Simple;

namespace Geode.Bench.Tests.Forecasts;

public sealed class SimpleForecastTests
{
    private static readonly double[] Values = [3, 5, 4, 8, 6];

    [Fact]
    public void Last_value_stays() => Assert.Equal(Values, new LastValue().Forecast(Values, 2));

    [Fact]
    public void Recent_mean_is_of_ten_or_as_many_as_there_are()
    {
        double[] values = [.. Enumerable.Range(1, 12).Select(i => (double)i)];
        var forecasts = new RecentMean().Forecast(values, 1);
        Assert.Equal(1, forecasts[0]);
        Assert.Equal(2, forecasts[2]);
        Assert.Equal(5.5, forecasts[9]);
        Assert.Equal(7.5, forecasts[11]);
    }

    // With a day of three steps.
    [Theory]
    [InlineData(1, new double[] { 3, 5, 3, 5, 4 })]
    [InlineData(2, new double[] { 3, 3, 5, 4, 8 })]
    [InlineData(4, new double[] { 3, 5, 4, 8, 6 })]
    public void Yesterday_is_the_same_time_a_day_before_or_else_the_last_value(int horizon, double[] expected) =>
        Assert.Equal(expected, new Yesterday(3).Forecast(Values, horizon));

    [Fact]
    public void Smoothing_takes_the_constant_that_was_best()
    {
        var random = new Random(1);
        // Of a constant with chance, the more is smoothed the better; of a random walk, nothing is better than the last value.
        double[] noise = [.. Enumerable.Range(0, 5000).Select(_ => 100 + (10 * random.NextDouble()))];
        var walk = new double[5000];
        for (var i = 1; i < walk.Length; i++)
            walk[i] = walk[i - 1] + random.NextDouble() - 0.5;
        Assert.InRange(Fitted(new Smoothing(), noise, 5), 2.4, 2.6);
        Assert.Equal(Errors.MeanAbsolute(walk, walk, 1, 0), Fitted(new Smoothing(), walk, 1), 0.02);
    }

    [Fact]
    public void Holt_Winters_learns_a_season()
    {
        double[] values = [.. Enumerable.Range(0, 480).Select(i => 100 + (10d * (i % 24)))];
        var method = new HoltWinters(24);
        method.Fit(values, 6);
        Assert.InRange(Errors.MeanAbsolute(values, method.Forecast(values, 6), 6, 48), 0, 1e-6);
    }

    [Fact]
    public void No_forecast_knows_what_comes_after_it()
    {
        var random = new Random(2);
        double[] values = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble())];
        double[] other = [.. values[..150], .. values[150..].Select(v => v + 5)];
        ISimpleForecast[] methods = [new LastValue(), new Smoothing(), new RecentMean(), new Yesterday(24), new HoltWinters(24)];
        Assert.All(methods, m => Assert.Equal(m.Forecast(values, 3)[..150], m.Forecast(other, 3)[..150]));
    }

    [Fact]
    public void Errors_are_of_the_steps_asked_for()
    {
        Assert.Equal((2 + 1 + 4 + 2) / 4d, Errors.MeanAbsolute(Values, Values, 1, 0));
        Assert.Equal((4 + 2) / 2d, Errors.MeanAbsolute(Values, Values, 1, 3));
    }

    private static double Fitted(Smoothing method, double[] values, int horizon)
    {
        method.Fit(values, horizon);
        return Errors.MeanAbsolute(values, method.Forecast(values, horizon), horizon, 500);
    }
}
