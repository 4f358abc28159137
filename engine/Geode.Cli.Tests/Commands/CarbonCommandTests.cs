using System.Text.Json;
using Geode.Cli.Commands;

namespace Geode.Cli.Tests.Commands;

public sealed class CarbonCommandTests : CommandTests
{
    [Fact]
    public async Task Says_what_a_month_emits_and_from_when_the_figures_are()
    {
        PlanetOf("westeurope", "swedencentral");
        var text = await SucceedAsync($"carbon --planet {Path("geode.json")} --requests-per-second 200 --json {Path("c.json")}");

        Assert.StartsWith("A month of this planet at 200 requests per second: ", text);
        Assert.Contains("westeurope: grid intensity of 20", text);
        using var json = JsonDocument.Parse(File.ReadAllText(Path("c.json")));
        var steps = json.RootElement.GetProperty("steps").EnumerateArray().ToArray();
        Assert.Equal(0, steps[0].GetProperty("saved").GetDouble());
        Assert.True(steps[^1].GetProperty("kilograms").GetDouble() < steps[0].GetProperty("kilograms").GetDouble());
    }

    [Fact]
    public async Task Grids_that_are_wrong_are_refused_in_one_line()
    {
        PlanetOf("westeurope");
        File.WriteAllText(Path("g.csv"), "region,gramsPerKwh,date,source\nwesteurope,little,2024,me\n");
        Assert.Equal("g.csv, line 2, gramsPerKwh: 'little' is not a number of 0 or more.", (await Assert.ThrowsAsync<CliException>(() => RunAsync($"carbon --planet {Path("geode.json")} --grid-intensity {Path("g.csv")}"))).Message);
        Assert.Contains("cannot be read", (await Assert.ThrowsAsync<CliException>(() => RunAsync($"carbon --planet {Path("geode.json")} --grid-intensity {Path("none.csv")}"))).Message);
    }
}
