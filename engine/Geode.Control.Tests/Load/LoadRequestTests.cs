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
}
