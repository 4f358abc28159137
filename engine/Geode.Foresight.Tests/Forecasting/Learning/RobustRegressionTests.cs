using Geode.Foresight.Forecasting.Learning;

namespace Geode.Foresight.Tests.Forecasting.Learning;

public sealed class RobustRegressionTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(21)]
    public void It_finds_what_examples_were_made_with(int size)
    {
        var regression = new RobustRegression(size, 3000);
        var random = new Random(1);
        for (var i = 0; i < 5000; i++)
        {
            var example = Example(random, size);
            regression.Learn(example, Truth(example) + (0.1 * MadeSeries.Normal(random)));
        }

        for (var i = 0; i < 20; i++)
        {
            var example = Example(random, size);
            Assert.Equal(Truth(example), regression.Predict(example), 0.1);
        }
    }

    [Fact]
    public void It_expects_the_median_and_not_the_mean()
    {
        var regression = new RobustRegression(1, 3000);
        var random = new Random(2);
        // One in ten is 50: the mean is 5, the median 0.
        for (var i = 0; i < 10_000; i++)
            regression.Learn([1], random.Next(10) == 0 ? 50 : MadeSeries.Normal(random) * 0.5);
        Assert.InRange(regression.Predict([1]), -0.3, 0.3);
    }

    [Fact]
    public void It_follows_what_changes()
    {
        var regression = new RobustRegression(2, 300);
        var random = new Random(3);
        for (var i = 0; i < 6000; i++)
        {
            double[] example = [1, MadeSeries.Normal(random)];
            regression.Learn(example, i < 3000 ? example[1] : -example[1]);
        }

        Assert.Equal(-1, regression.Predict([0, 1]), 0.05);
    }

    [Fact]
    public void Long_silence_does_not_make_it_rash()
    {
        var regression = new RobustRegression(2, 100);
        for (var i = 0; i < 100_000; i++)
            regression.Learn([0, 0], 0);
        regression.Learn([1, 1], 1);
        Assert.InRange(regression.Predict([1, 1]), 0, 0.2);
    }

    private static double[] Example(Random random, int size) => [.. Enumerable.Range(0, size).Select(_ => MadeSeries.Normal(random))];

    private static double Truth(double[] example) => example.Select((x, i) => x * (i + 1) / example.Length).Sum();
}
