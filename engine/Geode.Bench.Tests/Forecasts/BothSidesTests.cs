using Geode.Bench.Forecasts;

namespace Geode.Bench.Tests.Forecasts;

public sealed class BothSidesTests
{
    [Fact]
    public void It_is_the_mean_of_what_was_before_and_after()
    {
        // A straight line is met exactly, whatever the window; where nothing comes after, only what was before is known.
        double[] line = [.. Enumerable.Range(0, 400).Select(i => 3d * i)];
        Assert.Equal(0, BothSides.MeanAbsoluteError(line, 10, [.. Enumerable.Range(100, 200)]), 9);
        // The window of five that ends ten before the last has its middle at twelve before.
        Assert.Equal(36, BothSides.MeanAbsoluteError(line, 10, [399]), 9);
    }

    [Fact]
    public void Of_chance_alone_the_longest_window_is_best()
    {
        var random = new Random(1);
        double[] noise = [.. Enumerable.Range(0, 5000).Select(_ => random.NextDouble())];
        Assert.Equal(0.25, BothSides.MeanAbsoluteError(noise, 5, [.. Enumerable.Range(200, 4500)]), 0.01);
    }
}
