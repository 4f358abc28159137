namespace Geode.Cli.Tests.Commands;

/// <summary>A planet with stamps is answered for like any other.</summary>
public sealed class StampedPlanetTests : CommandTests
{
    [Theory]
    [InlineData("cost --requests-per-second 20", "A month of this planet at 20 requests per second")]
    [InlineData("carbon --requests-per-second 20", "A month of this planet at 20 requests per second")]
    [InlineData("equity --traffic {0} --bound 100", "within the bound of 100.")]
    [InlineData("skew --traffic {0}", "Nothing is skewed")]
    public async Task Commands_take_a_planet_with_stamps(string command, string answer)
    {
        var planet = Write("geode.json", """
            { "regions": ["westeurope", "eastus"], "tenants": { "by": "path" },
              "stamps": [{ "name": "eu", "regions": ["westeurope"], "residency": "EU" }, { "name": "world", "regions": ["eastus"] }] }
            """);
        var traffic = Write("traffic.csv", "place,requests\namsterdam,50\nnewyork,50\n");

        Assert.Contains(answer, await SucceedAsync($"{command.Replace("{0}", traffic, StringComparison.Ordinal)} --planet {planet}"));
    }
}
