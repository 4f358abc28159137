using Geode.Control.Terminal;
using Geode.Topology;
using Microsoft.Extensions.Configuration;

namespace Geode.Control.Tests.Terminal;

public class PlanetChoiceTests
{
    private static readonly string File = PlanetLoader.Nearest(AppContext.BaseDirectory);

    [Fact]
    public void The_file_decides_when_nothing_is_given()
    {
        var options = Choose();

        Assert.Equal(PlanetLoader.Load(File), options.Planet);
        Assert.Equal(Path.Combine(Path.GetDirectoryName(File)!, ".geode"), options.DataFolder);
    }

    [Fact]
    public void Regions_are_those_named_in_that_order() =>
        Assert.Equal(["japaneast", "eastus"], Choose("--regions", "japaneast,eastus").Planet.RegionNames);

    [Fact]
    public void Geodes_takes_so_many_different_regions()
    {
        var names = Choose("--geodes", "10").Planet.RegionNames;

        Assert.Equal(10, names.Distinct().Count());
    }

    [Fact]
    public void Port_moves_every_port()
    {
        var planet = Choose("--port", "9000").Planet;

        Assert.Equal((8999, 9000, 9020), (planet.Ports.Control, planet.Ports.Router, planet.Ports.Api(planet.Regions[0])));
    }

    [Fact]
    public void Configuration_reaches_the_planet_and_the_processes()
    {
        var options = Choose("--Geode:Router:LatencyWindowMs=7");

        Assert.Equal(7, options.Planet.Router.LatencyWindowMs);
        Assert.Equal("7", options.Environment["Geode__Router__LatencyWindowMs"]);
    }

    [Fact]
    public void Stamps_lose_the_regions_that_are_left_out_and_get_none()
    {
        string[] stamps = ["--Geode:Regions=westeurope,eastus", "--Geode:Stamps:0:Name=eu", "--Geode:Stamps:0:Regions=westeurope", "--Geode:Stamps:1:Name=us", "--Geode:Stamps:1:Regions=eastus"];

        Assert.Equal(new Stamp("us", ["eastus"]), Assert.Single(Choose([.. stamps, "--regions", "eastus"]).Planet.Stamps));
        Assert.StartsWith("--regions: 'japaneast' is in no stamp", Assert.Throws<PlanetException>(() => Choose([.. stamps, "--regions", "eastus,japaneast"])).Message);
        Assert.Matches("^--geodes: '[a-z0-9]+' is in no stamp", Assert.Throws<PlanetException>(() => Choose([.. stamps, "--geodes", "3"])).Message);
    }

    [Theory]
    [InlineData("allowed are 1 to 254", "--geodes", "0")]
    [InlineData("allowed are 1 to 254", "--geodes", "255")]
    [InlineData("'atlantis'", "--regions", "eastus,atlantis")]
    [InlineData("--regions", "--regions", "eastus,eastus")]
    [InlineData("--regions", "--regions", "")]
    [InlineData("allowed are 1025 to 65492", "--geodes", "3", "--port", "80")]
    [InlineData("allowed are 1025 to 65492", "--geodes", "3", "--port", "65493")]
    [InlineData("--data", "--data", "")]
    [InlineData("LatencyWindowMs", "--Geode:Router:LatencyWindowMs=-1")]
    public void A_bad_value_is_one_line_that_says_what_is_wrong(string expected, params string[] args)
    {
        var wrong = Assert.Throws<PlanetException>(() => Choose(args));

        Assert.Contains(expected, wrong.Message);
        Assert.DoesNotContain('\n', wrong.Message);
    }

    [Fact]
    public void The_highest_port_allowed_still_fits()
    {
        var planet = Choose("--geodes", "3", "--port", "65492").Planet;

        Assert.Equal(65_535, planet.Ports.All(planet).Max());
    }

    private static PlanetChoice Choose(params string[] args) =>
        PlanetChoice.Of(CommandLine.Parse(args, TextWriter.Null), File, new ConfigurationBuilder().Build());
}
