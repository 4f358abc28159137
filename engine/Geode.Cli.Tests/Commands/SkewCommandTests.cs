using System.Text.Json;
using Geode.Cli.Commands;

namespace Geode.Cli.Tests.Commands;

public sealed class SkewCommandTests : CommandTests
{
    [Fact]
    public async Task Says_where_the_load_is_and_ends_with_2_when_something_fits_better()
    {
        File.WriteAllText(Path("t.csv"), "tenant,place,requests\na,amsterdam,90\nb,newyork,10\n");
        var (code, text) = await RunAsync($"skew --planet {Planet()} --tenants {Path("t.csv")} --json {Path("s.json")}");

        Assert.Equal(2, code);
        Assert.Contains("The heaviest of 2 regions carries 1.8 times an even share.", text);
        Assert.Contains("2 tenants; 100.0 % of the requests", text);
        using var json = JsonDocument.Parse(File.ReadAllText(Path("s.json")));
        Assert.Equal("a", json.RootElement.GetProperty("tenants").GetProperty("largest").GetString());
    }

    [Fact]
    public async Task Nothing_skewed_ends_with_0()
    {
        File.WriteAllText(Path("t.csv"), "place,requests\namsterdam,50\nnewyork,50\n");
        var (code, text) = await RunAsync($"skew --planet {Planet()} --traffic {Path("t.csv")}");
        Assert.Equal(0, code);
        Assert.Contains("Nothing is skewed", text);
    }

    [Theory]
    [InlineData("skew")]
    [InlineData("skew --traffic a.csv --tenants b.csv")]
    public void One_of_the_two_is_needed(string line) =>
        Assert.Equal("skew needs either --traffic FILE|URL or --tenants FILE.", Assert.Single(CliCommands.Root().Parse(line).Errors).Message);

    private string Planet() => PlanetOf("westeurope", "eastus");
}
