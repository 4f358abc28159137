using Geode.Foresight.Scaling;

namespace Geode.Foresight.Tests.Scaling;

public sealed class ServiceTimeTests
{
    [Fact]
    public void Finds_the_time_of_a_geode_that_is_not_overloaded()
    {
        var random = new Random(5);
        var time = new ServiceTime(0.05);
        for (var step = 0; step < 400; step++)
        {
            var rate = 20 + 200 * random.NextDouble();
            time.Observe(rate, rate * 0.12 * (0.9 + 0.2 * random.NextDouble()), false);
        }

        Assert.InRange(time.Seconds, 0.105, 0.135);
    }

    [Fact]
    public void A_queue_is_not_taken_for_slow_service()
    {
        var time = new ServiceTime(0.05);
        time.Observe(100, 5, false);
        for (var step = 0; step < 100; step++)
            time.Observe(100, 500, true);
        Assert.Equal(0.05, time.Seconds, 6);
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(100, double.NaN)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(0, 5)]
    [InlineData(100, 0)]
    [InlineData(-5, 5)]
    public void What_says_nothing_changes_nothing(double rate, double inFlight)
    {
        var time = new ServiceTime(0.05);
        time.Observe(rate, inFlight, false);
        Assert.Equal(0.05, time.Seconds);
        Assert.False(time.IsKnown);
    }

    [Fact]
    public void Stays_sane_whatever_is_said()
    {
        var random = new Random(9);
        var time = new ServiceTime(0.05);
        for (var step = 0; step < 5000; step++)
        {
            time.Observe(Math.Pow(10, 12 * random.NextDouble() - 3), Math.Pow(10, 12 * random.NextDouble() - 3), random.Next(2) == 0);
            Assert.InRange(time.Seconds, 0.0001, 30);
        }
    }
}
