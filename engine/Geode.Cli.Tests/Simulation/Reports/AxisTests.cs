using Geode.Cli.Simulation.Reports;

namespace Geode.Cli.Tests.Simulation.Reports;

public sealed class AxisTests
{
    [Fact]
    public void Ticks_are_few_round_and_reach_beyond_the_highest()
    {
        var random = new Random(3);
        for (var run = 0; run < 1000; run++)
        {
            var highest = Math.Pow(10, 12 * random.NextDouble() - 4);
            var axis = Axis.For(highest);
            Assert.True(axis.Most >= highest * (1 - 1e-9));
            Assert.InRange(axis.Ticks.Count, 3, 6);
            var step = axis.Ticks[1];
            Assert.Contains(Math.Round(step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-9))), (double[])[1, 2, 5, 10]);
        }

        Assert.Equal([0, 1], Axis.For(0).Ticks);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(24)]
    [InlineData(360)]
    [InlineData(80_000)]
    public void Times_are_at_most_thirteen(double hours) => Assert.InRange(Axis.Times(TimeSpan.FromHours(hours)).Count(), 2, 13);
}
