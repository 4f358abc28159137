using Geode.Foresight.Profiles;

namespace Geode.Foresight.Tests.Profiles;

public class DayProfileTests
{
    private static IEnumerable<double> Hours => Enumerable.Range(0, 2400).Select(i => i / 100.0);

    [Fact]
    public void The_mean_over_a_day_is_one_and_no_hour_is_without_visitors() =>
        Assert.Multiple(
            () => Assert.Equal(1, Hours.Average(DayProfile.Factor), 9),
            () => Assert.All(Hours, h => Assert.InRange(DayProfile.Factor(h), 0.3, DayProfile.Bound)));

    [Fact]
    public void Nights_are_quiet_and_evenings_busy()
    {
        Assert.InRange(Hours.MinBy(DayProfile.Factor), 4, 5.5);
        Assert.InRange(Hours.MaxBy(DayProfile.Factor), 19.5, 21);
        Assert.InRange(DayProfile.Factor(20.25) / DayProfile.Factor(4.67), 4.5, 5.5);
    }

    [Fact]
    public void From_the_trough_to_the_peak_it_only_rises() =>
        Assert.All(Hours.Where(h => h is > 4.8 and < 20), h => Assert.True(DayProfile.Factor(h) < DayProfile.Factor(h + 0.01), $"{h}"));

    [Theory]
    [InlineData(0.5)]
    [InlineData(13.25)]
    public void Every_day_is_like_the_one_before(double hour)
    {
        Assert.Equal(DayProfile.Factor(hour), DayProfile.Factor(hour + 24), 9);
        Assert.Equal(DayProfile.Factor(hour), DayProfile.Factor(hour - 48), 9);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_hour_is_refused(double hour) => Assert.Throws<ArgumentOutOfRangeException>(() => DayProfile.Factor(hour));

    [Theory]
    [InlineData(12, 0, 12)]
    [InlineData(12, 90, 18)]
    [InlineData(20, 120, 4)]
    [InlineData(3, -75, 22)]
    [InlineData(0, -180, 12)]
    [InlineData(23, 180, 11)]
    public void East_is_later(double utc, double longitude, double local) => Assert.Equal(local, DayProfile.LocalHour(utc, longitude), 9);

    [Fact]
    public void A_local_hour_is_one_of_24() =>
        Assert.All(Hours.Append(-1e-18), h => Assert.All([-180, -1e-17, 0, 0.1, 179.99], l => Assert.InRange(DayProfile.LocalHour(h, l), 0, Math.BitDecrement(24))));

    [Fact]
    public void It_is_noon_where_the_sun_stands_highest() => Assert.All(Hours, h =>
    {
        var longitude = DayProfile.NoonLongitude(h);
        Assert.InRange(longitude, Math.BitIncrement(-180), 180);
        Assert.Equal(12, DayProfile.LocalHour(h, longitude), 9);
    });
}
