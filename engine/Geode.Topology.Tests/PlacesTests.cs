using System.Net;
using Geode.Topology;

namespace Geode.Topology.Tests;

public sealed class PlacesTests
{
    public static TheoryData<Place> EveryCity => [.. Places.All];

    [Fact]
    public void Numbers_and_names_are_distinct()
    {
        Assert.True(Places.All.Count >= 60, $"only {Places.All.Count} cities");
        Assert.Equal(Places.All.Count, Places.All.DistinctBy(p => p.Number).Count());
        Assert.Equal(Places.All.Count, Places.All.DistinctBy(p => p.Name).Count());
    }

    [Theory]
    [InlineData(1, "amsterdam")]
    [InlineData(2, "singapore")]
    [InlineData(3, "newyork")]
    [InlineData(72, "riodejaneiro")]
    public void Numbers_are_stable(int number, string name) => Assert.Equal(number, Places.Find(name)?.Number);

    [Theory]
    [MemberData(nameof(EveryCity))]
    public void City_owns_its_loopback_block(Place city)
    {
        Assert.InRange(city.Number, 1, 254);
        Assert.Equal(city, Places.ByLoopback(IPAddress.Parse($"127.0.{city.Number}.1")));
        Assert.Equal(city, Places.ByLoopback(IPAddress.Parse($"127.0.{city.Number}.254")));
        Assert.Equal(city, Places.ByLoopback(IPAddress.Parse($"::ffff:127.0.{city.Number}.7")));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.255.1")]
    [InlineData("127.1.1.1")]
    [InlineData("10.0.1.1")]
    [InlineData("::1")]
    [InlineData("2001:db8::7f00:101")]
    public void Other_addresses_are_nobodys(string address) => Assert.Null(Places.ByLoopback(IPAddress.Parse(address)));

    [Theory]
    [InlineData("NewYork")]
    [InlineData("New York")]
    [InlineData("new-york")]
    public void City_is_found_however_it_is_written(string name) => Assert.Equal("newyork", Places.Find(name)?.Name);

    [Theory]
    [InlineData("São Paulo", "saopaulo")]
    [InlineData("Zürich", "zurich")]
    [InlineData("Rio de Janeiro", "riodejaneiro")]
    public void City_is_found_by_its_display_name(string name, string expected) => Assert.Equal(expected, Places.Find(name)?.Name);

    [Theory]
    [InlineData("westeurope")]
    [InlineData("West Europe")]
    public void Azure_region_is_a_place_without_a_block(string name)
    {
        var place = Places.Find(name);
        Assert.Equal(("westeurope", 0), (place?.Name, place?.Number));
        Assert.Equal(AzureRegions.Find("westeurope")!.Location, place!.Location);
    }

    [Fact]
    public void Unknown_place_is_null() => Assert.Null(Places.Find("atlantis"));
}
