using Geode.Control.Load;

namespace Geode.Control.Tests.Load;

public class LoadRequestTests
{
    [Fact]
    public void Nothing_given_is_some_clients_all_over_the_globe()
    {
        var settings = new LoadRequest(null, null, null, null).Complete();
        Assert.True(settings.Places.Count > 10);
        Assert.All(settings.Places, place => Assert.NotEqual(0, place.Number));
        Assert.True(settings.Clients >= settings.Places.Count);
    }

    [Theory]
    [InlineData(0, null, null, "clients")]
    [InlineData(1001, null, null, "clients")]
    [InlineData(null, 0.0, null, "requestsPerSecond")]
    [InlineData(null, double.NaN, null, "requestsPerSecond")]
    [InlineData(null, 5001.0, null, "requestsPerSecond")]
    [InlineData(null, null, -0.1, "writeShare")]
    [InlineData(null, null, 1.1, "writeShare")]
    public void Numbers_out_of_range_are_named(int? clients, double? rate, double? writes, string field)
    {
        var refusal = Assert.Throws<ControlException>(() => new LoadRequest(clients, rate, writes, null).Complete());
        Assert.Equal(400, refusal.Status);
        Assert.StartsWith(field, refusal.Message);
    }

    [Fact]
    public void Unknown_places_and_those_without_addresses_are_refused_with_the_known_ones()
    {
        foreach (var name in (string[])["atlantis", "westeurope"])
        {
            var refusal = Assert.Throws<ControlException>(() => new LoadRequest(null, null, null, [name]).Complete());
            Assert.Contains(name, refusal.Message);
            Assert.Contains("amsterdam", refusal.Known!);
        }

        Assert.Throws<ControlException>(() => new LoadRequest(null, null, null, []).Complete());
    }

    [Fact]
    public void A_day_takes_five_minutes_from_six_in_the_morning_unless_told_otherwise()
    {
        Assert.Equal(new DaySettings(TimeSpan.FromMinutes(5), new(6, 0)), new LoadRequest(null, null, null, null, new(null, null)).Complete().Day);
        Assert.Equal(new DaySettings(TimeSpan.FromMinutes(0.5), new(23, 59)), new LoadRequest(null, null, null, null, new(0.5, "23:59")).Complete().Day);
        Assert.Equal(5, new DaySettings(TimeSpan.FromMinutes(24), new(23, 0)).HourAt(TimeSpan.FromMinutes(30)), 9);
    }

    [Theory]
    [InlineData(0.49, null, "day.minutes")]
    [InlineData(1441.0, null, "day.minutes")]
    [InlineData(double.NaN, null, "day.minutes")]
    [InlineData(null, "24:00", "day.start")]
    [InlineData(null, "6:00", "day.start")]
    [InlineData(null, "", "day.start")]
    public void What_is_no_day_is_named(double? minutes, string? start, string field) =>
        AssertNamed(field, new(null, null, null, null, new(minutes, start)));

    [Theory]
    [InlineData("amsterdam", 0.0, null, "surge.factor")]
    [InlineData("amsterdam", 101.0, null, "surge.factor")]
    [InlineData("amsterdam", double.NaN, null, "surge.factor")]
    [InlineData("amsterdam", null, 0.5, "surge.seconds")]
    [InlineData("amsterdam", null, 3601.0, "surge.seconds")]
    [InlineData("atlantis", null, null, "surge.place")]
    [InlineData("tokyo", null, null, "surge.place")]
    [InlineData(null, null, null, "surge.place")]
    public void What_is_no_surge_is_named(string? place, double? factor, double? seconds, string field) =>
        AssertNamed(field, new(null, null, null, ["amsterdam"], null, new(place, factor, seconds)));

    private static void AssertNamed(string field, LoadRequest request)
    {
        var refusal = Assert.Throws<ControlException>(() => request.Complete());
        Assert.Equal(400, refusal.Status);
        Assert.StartsWith(field, refusal.Message);
    }
}
