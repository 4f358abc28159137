using System.Text.Json;
using Geode.Cli.Commands;
using Geode.Cli.Drill;
using Geode.Cli.Tests.Commands;

namespace Geode.Cli.Tests.Drill;

public sealed class DrillTests : CommandTests
{
    [Fact]
    public async Task A_planet_that_loses_no_request_passes_and_has_its_geode_back()
    {
        await using var planet = await DrilledPlanet.StartAsync();
        var (code, text) = await RunAsync($"drill --control {planet.Address} --region eastus --path /questions --seconds 1 --rate 20 --json {Path("d.json")}");

        Assert.Equal(0, code);
        Assert.Contains("Passed: eastus, kill; 0 of", text);
        Assert.Equal(["kill eastus", "revive eastus"], planet.Done);
        Assert.Equal(["eastus", "westeurope"], planet.Asked.Distinct().Order());
        using var json = JsonDocument.Parse(File.ReadAllText(Path("d.json")));
        Assert.True(json.RootElement.GetProperty("passed").GetBoolean());
        var phases = json.RootElement.GetProperty("phases").EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!, p => p.GetProperty("served"));
        Assert.True(phases["lost"].GetProperty("westeurope").GetInt32() > 0);
        Assert.Equal(["before", "lost", "back"], phases.Keys);
    }

    [Fact]
    public async Task Requests_that_fail_are_counted_by_reason_and_end_it_with_2()
    {
        await using var planet = await DrilledPlanet.StartAsync(isServedByOthers: false);
        var (code, text) = await RunAsync($"drill --control {planet.Address} --region eastus --fault freeze --path /questions --seconds 1 --rate 20 --from eastus");

        Assert.Equal(2, code);
        Assert.Matches(@"\d+ failed: 503", text);
        Assert.Contains("Not passed: eastus, freeze;", text);
        Assert.Equal(["freeze eastus", "revive eastus"], planet.Done);
        Assert.Equal(["eastus"], planet.Asked.Distinct());
        (code, _) = await RunAsync($"drill --control {planet.Address} --region eastus --path /questions --seconds 1 --rate 20 --from eastus --allowed 1000");
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task A_drill_that_is_broken_off_brings_the_geode_back()
    {
        await using var planet = await DrilledPlanet.StartAsync();
        using var stop = new CancellationTokenSource();
        var running = DrillRun.RunAsync(new(planet.Address, "eastus", "kill", "/questions", [], 10, TimeSpan.FromSeconds(3), 0), stop.Token);
        await Geode.TestKit.OsProcess.UntilAsync(() => planet.IsAway || running.IsCompleted);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(["kill eastus", "revive eastus"], planet.Done);
    }

    [Theory]
    [InlineData("--region westus --path /questions", "healthy", "The planet has no region 'westus'; it has westeurope, eastus.")]
    [InlineData("--region eastus --path /questions", "degraded", "eastus is degraded: a drill begins on a planet that is well.")]
    [InlineData("--region eastus --path /none", "healthy", "/none answers 404 to a client in westeurope before anything is broken")]
    public async Task What_cannot_be_drilled_is_said_and_nothing_is_broken(string line, string state, string message)
    {
        await using var planet = await DrilledPlanet.StartAsync();
        planet.State = state;
        Assert.Contains(message, (await Assert.ThrowsAsync<CliException>(() => RunAsync($"drill --control {planet.Address} {line}"))).Message);
        Assert.Empty(planet.Done);
    }

    [Fact]
    public async Task Who_is_no_control_api_is_named()
    {
        await using var server = await Geode.TestKit.FakeServer.StartAsync();
        foreach (var body in (string[])["<html>", "[]", "{}"])
        {
            server.Body = body;
            Assert.StartsWith($"{server.Address}planet ", (await Assert.ThrowsAsync<CliException>(() => RunAsync($"drill --control {server.Address} --region eastus"))).Message);
        }
    }

    [Theory]
    [InlineData("drill --region eastus --control there", "--control is an address such as http://127.0.0.1:8079, not 'there'.")]
    [InlineData("drill --region eastus --path questions", "--path begins with /, unlike 'questions'.")]
    [InlineData("drill --region eastus --from atlantis", "--from does not know 'atlantis'; allowed are cities, such as amsterdam, and Azure regions.")]
    [InlineData("drill --region eastus --fault drop", "--fault does not know 'drop'; allowed are kill, freeze.")]
    public void What_is_given_wrongly_is_said_in_a_line(string line, string message) => Assert.Equal(message, Assert.Single(CliCommands.Root().Parse(line).Errors).Message);
}
