using System.Net;
using System.Text.Json;
using Geode.Control.Processes;

namespace Geode.Control.Tests.Api;

/// <summary>The calls that say how many instances there are to be, and those that break single processes.</summary>
public sealed class InstanceEndpointsTests : IAsyncLifetime
{
    private const string Instances = "/planet/regions/eastus/instances";
    private const string Floor = "/planet/regions/eastus/floor";
    private const string Steering = "/planet/steering";

    private FakePlanet _planet = null!;
    private FakeRouter _router = null!;

    public async Task InitializeAsync()
    {
        _planet = await FakePlanet.StartAsync("eastus", "westeurope");
        _router = await FakeRouter.StartAsync(_planet.Planet);
    }

    public async Task DisposeAsync()
    {
        await _planet.DisposeAsync();
        await _router.DisposeAsync();
    }

    [Fact]
    public async Task A_number_is_answered_with_what_there_is_and_what_there_may_be()
    {
        var (status, answer) = await _planet.SendAsync("PUT", Instances, """{"count": 2}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("eastus", answer.GetProperty("region").GetString());
        var instances = answer.GetProperty("instances");
        Assert.Equal((1, 3, 2), (instances.GetProperty("least").GetInt32(), instances.GetProperty("most").GetInt32(), instances.GetProperty("fixed").GetInt32()));
        (_, answer) = await _planet.SendAsync("PUT", Instances, """{"count": null}""");
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("instances").GetProperty("fixed").ValueKind);
    }

    [Theory]
    [InlineData(Instances, """{"count": 0}""", "count: 0 is not possible; eastus may have 1 to 3 instances")]
    [InlineData(Instances, """{"count": 4}""", "count: 4 is not possible; eastus may have 1 to 3 instances")]
    [InlineData(Instances, """{"count": -1}""", "count: -1 is not possible")]
    [InlineData(Instances, """{"count": 1.5}""", "count: 1.5 is not a whole number of instances, nor null.")]
    [InlineData(Instances, """{"count": 1e99}""", "count: 1e99 is not a whole number")]
    [InlineData(Instances, """{"count": "2"}""", "count: \"2\" is not a whole number")]
    [InlineData(Instances, """{"count": true}""", "count: true is not a whole number")]
    [InlineData(Instances, "{}", "count: missing")]
    [InlineData(Instances, """{"number": 2}""", "number")]
    [InlineData(Instances, "[]", "body")]
    [InlineData(Instances, "", "body")]
    [InlineData(Floor, """{"instances": -1, "fence": 1, "number": 1, "seconds": 60}""", "instances: must be a whole number from 0 to 1000.")]
    [InlineData(Floor, """{"fence": 1, "number": 1, "seconds": 60}""", "instances: must be")]
    [InlineData(Floor, """{"instances": 2, "number": 1, "seconds": 60}""", "fence: must be")]
    [InlineData(Floor, """{"instances": 2, "fence": 1, "number": -1, "seconds": 60}""", "number: must be")]
    [InlineData(Floor, """{"instances": 2, "fence": 1, "number": 1}""", "seconds: must be above 0 and at most 3600")]
    [InlineData(Floor, """{"instances": 2, "fence": 1, "number": 1, "seconds": 0}""", "seconds: must be")]
    [InlineData(Floor, """{"instances": 2, "fence": 1, "number": 1, "seconds": 1e300}""", "seconds: must be")]
    [InlineData(Floor, """{"instances": 2, "fence": 9223372036854775807, "number": 1, "seconds": 60}""", "fence: 9223372036854775807 is more than any lease can have reached by now")]
    [InlineData(Floor, """{"instances": 2, "fence": 1, "number": 9223372036854775807, "seconds": 60}""", "number: 9223372036854775807 is more plans than there can have been by now")]
    [InlineData(Steering, """{"fence": 9223372036854775807, "number": 1, "seconds": 60, "places": [], "drained": []}""", "fence: 9223372036854775807")]
    [InlineData(Floor, """{"instances": "2", "fence": 1, "number": 1, "seconds": 60}""", "instances")]
    public async Task What_is_wrong_is_400_and_says_what_is_allowed(string path, string body, string message)
    {
        var (status, problem) = await _planet.SendAsync("PUT", path, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(message, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plans_floor_is_kept_and_an_older_plan_is_409()
    {
        var (status, answer) = await _planet.SendAsync("PUT", Floor, """{"instances": 2, "fence": 17003, "number": 5, "seconds": 60}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(2, answer.GetProperty("instances").GetProperty("floor").GetInt32());

        (status, answer) = await _planet.SendAsync("PUT", Floor, """{"instances": 1, "fence": 17003, "number": 4, "seconds": 60}""");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("plan 5 of fence 17003", answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", "/planet/regions/atlantis/instances", """{"count": 1}""", "eastus")]
    [InlineData("PUT", "/planet/regions/atlantis/floor", """{"instances": 1, "fence": 1, "number": 1, "seconds": 1}""", "eastus")]
    [InlineData("POST", "/planet/regions/atlantis/wake", null, "eastus")]
    [InlineData("POST", "/planet/processes/api-atlantis/kill", null, "api-eastus")]
    [InlineData("POST", "/planet/processes/api-atlantis/freeze", null, "router")]
    [InlineData("POST", "/planet/processes/api-atlantis/thaw", null, "router")]
    [InlineData("POST", "/planet/processes/api-atlantis/revive", null, "router")]
    public async Task What_does_not_exist_is_404_with_what_does(string method, string path, string? body, string known)
    {
        var (status, problem) = await _planet.SendAsync(method, path, body);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains(problem.GetProperty("known").EnumerateArray(), k => k.GetString() == known);
    }

    [Fact]
    public async Task A_geode_that_is_awake_stays_so()
    {
        var (status, answer) = await _planet.SendAsync("POST", "/planet/regions/eastus/wake");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.False(answer.GetProperty("instances").GetProperty("asleep").GetBoolean());
    }

    [Fact]
    public async Task The_planet_and_its_stream_show_instances()
    {
        var (_, planet) = await _planet.SendAsync("GET", "/planet");
        var instances = planet.GetProperty("regions")[0].GetProperty("instances");

        Assert.Equal(["running", "starting", "least", "most", "fixed", "floor", "asleep"], instances.EnumerateObject().Select(p => p.Name));
        Assert.Equal(1, instances.GetProperty("running").GetInt32());
        using var reader = new StreamReader(await _planet.Client.GetStreamAsync("/planet/stream"));
        string? line;
        do
            line = await reader.ReadLineAsync();
        while (line is not null && !line.Contains("\"running\":1", StringComparison.Ordinal));
        Assert.NotNull(line);
    }

    [Fact]
    public async Task A_single_process_is_frozen_thawed_killed_and_revived()
    {
        foreach (var (action, state) in new[] { ("freeze", "frozen"), ("thaw", "healthy"), ("kill", "killed"), ("revive", "healthy") })
        {
            var (status, answer) = await _planet.SendAsync("POST", $"/planet/processes/worker-eastus/{action}");

            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Equal((action, true, state), (answer.GetProperty("action").GetString(), answer.GetProperty("changed").GetBoolean(), answer.GetProperty("process").GetProperty("state").GetString()));
            Assert.All(_planet.Running.Processes.Where(p => p.Name != "worker-eastus"), p => Assert.Equal(ProcessState.Healthy, p.State));
            (_, answer) = await _planet.SendAsync("POST", $"/planet/processes/worker-eastus/{action}");
            Assert.False(answer.GetProperty("changed").GetBoolean());
        }
    }

    [Fact]
    public async Task Where_nothing_can_be_frozen_a_process_cannot_either()
    {
        _planet.Processes.CanFreeze = false;

        var (status, problem) = await _planet.SendAsync("POST", "/planet/processes/worker-eastus/freeze");

        Assert.Equal(HttpStatusCode.NotImplemented, status);
        Assert.Contains("Windows", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
