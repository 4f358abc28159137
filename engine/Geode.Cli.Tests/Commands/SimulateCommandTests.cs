using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Geode.Cli.Commands;
using Geode.Topology;

namespace Geode.Cli.Tests.Commands;

public sealed class SimulateCommandTests : CommandTests
{
    [Theory]
    [InlineData("simulate", "simulate needs either --trace FILE or --profile follow-the-sun.")]
    [InlineData("simulate --profile moon", "--profile does not know 'moon'; allowed are follow-the-sun.")]
    [InlineData("simulate --profile follow-the-sun --hours 0", "--hours is a number from 0.01 to 100000, not '0'.")]
    [InlineData("simulate --profile follow-the-sun --peak many", "--peak is a number from 0.001 to 10000000, not 'many'.")]
    [InlineData("simulate --profile follow-the-sun --geodes 255", "--geodes is a whole number from 1 to 254, not '255'.")]
    [InlineData("simulate --profile follow-the-sun --policies fixed,psychic", "--policies does not know 'psychic'; allowed are fixed, reactive, predictive.")]
    [InlineData("simulate --profile follow-the-sun --policies ,", "--policies needs at least one of fixed, reactive, predictive.")]
    [InlineData("simulate --profile follow-the-sun --history a.csv", "--history goes with --trace.")]
    [InlineData("simulate --profile follow-the-sun --geodes 3 --planet geode.json", "--planet and --geodes exclude each other.")]
    [InlineData("simulate --profile follow-the-sun --seed -1", "--seed is a whole number from 0 to 2147483647, not '-1'.")]
    [InlineData("simulate --profile follow-the-sun --prefer speed", "--prefer does not know 'speed'; allowed are latency, cost, carbon.")]
    public void Bad_options_are_refused_in_one_line(string line, string fault) =>
        Assert.Equal(fault, Assert.Single(CliCommands.Root().Parse(line).Errors).Message);

    [Theory]
    [InlineData("--fault westeurope", "'westeurope' is not a fault; allowed is region@time:duration")]
    [InlineData("--fault westeurope@1h:0s", "is not a fault; allowed is region@time:duration")]
    [InlineData("--fault atlantis@1h:1h", "there is no region 'atlantis'; this planet has westeurope")]
    [InlineData("--prices nowhere.csv", "nowhere.csv")]
    [InlineData("--json /nowhere/at/all.json", "cannot be written")]
    public async Task Bad_values_are_refused_in_one_line(string options, string fault)
    {
        var refused = await Assert.ThrowsAsync<CliException>(() => RunAsync($"simulate --profile follow-the-sun --geodes 2 --hours 0.1 --policies fixed {options}"));
        Assert.Contains(fault, refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public async Task A_trace_that_is_missing_or_too_short_is_refused()
    {
        Assert.Contains("cannot be read", (await Assert.ThrowsAsync<CliException>(() => RunAsync($"simulate --trace {Path("none.csv")} --geodes 2"))).Message);
        File.WriteAllText(Path("short.csv"), "minute,requests\n0,100\n1,200\n");
        Assert.Equal("--hours 2 is longer than the trace, which has 0.03.", (await Assert.ThrowsAsync<CliException>(() => RunAsync($"simulate --trace {Path("short.csv")} --geodes 2 --hours 2"))).Message);
    }

    [Fact]
    public async Task A_planet_that_is_wrong_is_refused()
    {
        File.WriteAllText(Path("geode.json"), """{ "regions": ["atlantis"] }""");
        await Assert.ThrowsAsync<PlanetException>(() => RunAsync($"simulate --profile follow-the-sun --planet {Path("geode.json")}"));
    }

    [Fact]
    public async Task Writes_figures_and_a_picture_and_the_same_again()
    {
        File.WriteAllText(Path("geode.json"), """{ "regions": ["westeurope", { "name": "eastus", "maxReplicas": 3 }] }""");
        File.WriteAllText(Path("trace.csv"), "minute,requests\n" + string.Join('\n', Enumerable.Range(0, 90).Select(m => $"{m},{100 + 3 * m}")));
        var line = $"simulate --trace {Path("trace.csv")} --planet {Path("geode.json")} --peak 900 --frontier --fault eastus@1h:5m";
        await RunAsync($"{line} --json {Path("1.json")} --picture {Path("1.svg")}");
        await RunAsync($"{line} --json {Path("2.json")} --picture {Path("2.svg")}");
        Assert.Equal(File.ReadAllText(Path("1.json")), File.ReadAllText(Path("2.json")));
        Assert.Equal(File.ReadAllText(Path("1.svg")), File.ReadAllText(Path("2.svg")));

        using var json = JsonDocument.Parse(File.ReadAllText(Path("1.json")));
        var policies = json.RootElement.GetProperty("policies").EnumerateArray().ToArray();
        Assert.Equal(["fixed", "reactive", "predictive"], policies.Select(p => p.GetProperty("policy").GetString()));
        Assert.Single(policies.Select(p => Math.Round(p.GetProperty("requests").GetDouble())).Distinct());
        Assert.All(policies, p => Assert.InRange(p.GetProperty("regions")[1].GetProperty("meanInstances").GetDouble(), 1, 3));
        Assert.Equal(10, json.RootElement.GetProperty("frontier").GetArrayLength());

        var svg = XDocument.Parse(File.ReadAllText(Path("1.svg")));
        XNamespace ns = "http://www.w3.org/2000/svg";
        Assert.Equal(7, svg.Descendants(ns + "polyline").Count());
        Assert.Contains(svg.Descendants(ns + "text"), t => t.Value == "eastus gone");
        foreach (var point in svg.Descendants(ns + "polyline").SelectMany(l => l.Attribute("points")!.Value.Split(' ')).Select(p => p.Split(',')))
            Assert.True(double.Parse(point[0], CultureInfo.InvariantCulture) is >= 84 and <= 1172 && double.Parse(point[1], CultureInfo.InvariantCulture) is >= 92 and <= 800);
    }
}
