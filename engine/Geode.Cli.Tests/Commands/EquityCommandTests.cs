using System.Text.Json;
using System.Xml.Linq;
using Geode.Cli.Commands;

namespace Geode.Cli.Tests.Commands;

public sealed class EquityCommandTests : CommandTests
{
    [Fact]
    public async Task Says_who_waits_longest_and_what_would_help_and_ends_with_2_beyond_the_bound()
    {
        var (code, text) = await RunAsync($"equity --planet {Planet()} --traffic {Traffic()} --json {Path("e.json")} --picture {Path("e.svg")}");

        Assert.Equal(2, code);
        Assert.Contains("The slowest place, Johannesburg, waits", text);
        Assert.Contains("more than the bound of 3.", text);
        Assert.Contains("Add southafricanorth next", text);
        using var json = JsonDocument.Parse(File.ReadAllText(Path("e.json")));
        Assert.False(json.RootElement.GetProperty("holds").GetBoolean());
        Assert.Equal("southafricanorth", json.RootElement.GetProperty("next")[0].GetProperty("name").GetString());
        XNamespace ns = "http://www.w3.org/2000/svg";
        Assert.Equal(1 + 2 * 2, XDocument.Parse(File.ReadAllText(Path("e.svg"))).Descendants(ns + "rect").Count());
    }

    [Fact]
    public async Task Within_the_bound_it_ends_with_0()
    {
        var (code, text) = await RunAsync($"equity --planet {Planet()} --traffic {Traffic()} --bound 100");
        Assert.Equal(0, code);
        Assert.Contains("within the bound of 100.", text);
    }

    [Theory]
    [InlineData("--bound 0.5", "--bound is a number from 1 to 1000, not '0.5'.")]
    [InlineData("--geode-p99-ms soon", "--geode-p99-ms is a number from 0 to 60000, not 'soon'.")]
    public void Bad_options_are_refused_in_one_line(string options, string fault) =>
        Assert.Equal(fault, Assert.Single(CliCommands.Root().Parse($"equity {options}").Errors).Message);

    [Fact]
    public async Task A_wait_of_nothing_can_be_compared_with_nothing()
    {
        File.WriteAllText(Path("at.csv"), "westeurope,1\ntokyo,1\n");
        Assert.Contains("Give what a geode takes.", (await Assert.ThrowsAsync<CliException>(() => RunAsync($"equity --planet {Planet()} --traffic {Path("at.csv")} --geode-p99-ms 0"))).Message);
    }

    private string Planet() => PlanetOf("westeurope", "eastus");

    private string Traffic()
    {
        File.WriteAllText(Path("t.csv"), "place,requests\namsterdam,90\njohannesburg,10\n");
        return Path("t.csv");
    }
}
