using System.Net;
using System.Text.Json;
using Geode.Control.Live;
using Geode.Control.Ports;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Control.Tests.Api;

/// <summary>A planet with stamps: each has data, links and a steward of its own, and the directory of tenants is everywhere.</summary>
public sealed class StampedPlanetTests : IAsyncLifetime
{
    private const string Cut = """{"delayMs":7,"jitterMs":0,"loss":0,"state":"down"}""";

    private readonly Dictionary<string, FakeServer> _replicas = [];
    private readonly Dictionary<string, FakeServer> _directory = [];
    private FakePlanet _planet = null!;

    public async Task InitializeAsync()
    {
        _planet = await FakePlanet.StartAsync(FreePorts.Move(FreePlanets.On(0, "westeurope", "northeurope", "eastus") with
        {
            Stamps = [new("eu", ["westeurope", "northeurope"]) { Residency = "EU" }, new("world", ["eastus"])],
            Tenants = new(),
        }));
        var ports = _planet.Planet.Ports;
        foreach (var region in _planet.Planet.Regions)
        {
            _replicas[region.Name] = await FakeServer.StartAsync(ports.BackplaneAccount(region));
            _directory[region.Name] = await FakeServer.StartAsync(ports.BackplaneAccount(region.InDirectory()));
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var server in _replicas.Values.Concat(_directory.Values))
            await server.DisposeAsync();
        await _planet.DisposeAsync();
    }

    [Fact]
    public async Task A_link_within_a_stamp_is_changed_in_its_account_and_in_the_directory()
    {
        var answer = await OkAsync("PUT", "/planet/links/westeurope/northeurope", """{"delayMs": 7, "state": "down"}""");

        Assert.Empty(answer.GetProperty("pending").EnumerateArray());
        string[] told = [$"PUT /_backplane/links/westeurope/northeurope {Cut}"];
        Assert.All([_replicas["westeurope"], _replicas["northeurope"], _directory["westeurope"], _directory["northeurope"]], of => Assert.Equal(told, of.Requests));
        Assert.Empty(_replicas["eastus"].Requests.Concat(_directory["eastus"].Requests));
    }

    [Fact]
    public async Task A_link_between_stamps_is_the_directory_s_alone()
    {
        await OkAsync("PUT", "/planet/links/eastus/westeurope", """{"delayMs": 7, "state": "down"}""");

        string[] told = [$"PUT /_backplane/links/eastus/westeurope {Cut}"];
        Assert.All([_directory["eastus"], _directory["westeurope"]], of => Assert.Equal(told, of.Requests));
        Assert.All(_replicas.Values, of => Assert.Empty(of.Requests));
    }

    [Fact]
    public async Task An_outage_is_one_of_both()
    {
        await OkAsync("PUT", "/planet/regions/eastus/outage", """{"mode": "hang"}""");

        string[] told = ["""PUT /_backplane/outage {"mode":"hang"}"""];
        Assert.Equal(told, _replicas["eastus"].Requests);
        Assert.Equal(told, _directory["eastus"].Requests);
        Assert.Empty(_directory["westeurope"].Requests);
    }

    [Fact]
    public async Task A_region_that_comes_back_is_told_of_its_links_in_both()
    {
        await OkAsync("PUT", "/planet/links/westeurope/northeurope", """{"delayMs": 7, "state": "down"}""");
        await OkAsync("PUT", "/planet/links/westeurope/eastus", """{"delayMs": 7, "state": "down"}""");
        _replicas["westeurope"].Requests.Clear();
        _directory["westeurope"].Requests.Clear();

        await _planet.Running.Geodes.KillAsync("westeurope");
        await _planet.Running.Geodes.ReviveAsync("westeurope");

        Assert.Equal([$"PUT /_backplane/links/westeurope/northeurope {Cut}"], _replicas["westeurope"].Requests);
        Assert.Equal(
            [$"PUT /_backplane/links/westeurope/eastus {Cut}", $"PUT /_backplane/links/westeurope/northeurope {Cut}"],
            _directory["westeurope"].Requests.Order());
    }

    [Theory]
    [InlineData("POST", "/planet/regions", """{"name": "japaneast"}""")]
    [InlineData("DELETE", "/planet/regions/northeurope", null)]
    [InlineData("DELETE", "/planet/regions/northeurope?force=true", null)]
    public async Task Regions_stay_the_same_while_it_serves(string method, string path, string? body)
    {
        var (status, answer) = await _planet.SendAsync(method, path, body);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal(
            "Each region of this planet is in a stamp, and a stamp's regions stay the same while it serves. Stop the planet, change regions and stamps in geode.json, and start it again.",
            answer.GetProperty("detail").GetString());
        Assert.Equal(["westeurope", "northeurope", "eastus"], _planet.Planet.RegionNames);
    }

    [Fact]
    public async Task A_region_is_shown_with_its_stamp()
    {
        var regions = (await OkAsync("GET", "/planet")).GetProperty("regions");

        Assert.Equal(("eu", "EU"), (regions[0].GetProperty("stamp").GetString(), regions[0].GetProperty("residency").GetString()));
        Assert.Equal("world", regions[2].GetProperty("stamp").GetString());
        Assert.False(regions[2].TryGetProperty("residency", out _));
        Assert.Equal((string?[])["eu", "eu", "world"], (await LookAsync()).Regions.Select(r => r.Stamp));
    }

    [Fact]
    public async Task Without_stamps_a_region_has_none()
    {
        await using var plain = await FakePlanet.StartAsync("westeurope");

        var (_, answer) = await plain.SendAsync("GET", "/planet");

        Assert.False(answer.GetProperty("regions")[0].TryGetProperty("stamp", out _));
        Assert.False(answer.GetProperty("regions")[0].TryGetProperty("residency", out _));
    }

    [Fact]
    public async Task Who_shares_no_data_is_not_behind()
    {
        Has("westeurope", """{"westeurope":9,"northeurope":2}""");
        Has("northeurope", """{"westeurope":4,"northeurope":2}""");
        Has("eastus", """{"eastus":5}""");
        await OkAsync("POST", "/planet/partition", """{"groups": [["westeurope"]]}""");

        var links = (await LookAsync()).Links.ToDictionary(l => (l.From, l.To));

        Assert.Equal(5, links[("westeurope", "northeurope")].Behind);
        Assert.Equal(("down", null, null), (links[("westeurope", "eastus")].State, links[("westeurope", "eastus")].Behind, links[("westeurope", "eastus")].LagMs));
        Assert.Equal(("down", null), (links[("eastus", "westeurope")].State, links[("eastus", "westeurope")].Behind));
    }

    [Fact]
    public async Task All_agree_when_each_stamp_does()
    {
        Has("westeurope", """{"westeurope":9,"northeurope":2}""");
        Has("northeurope", """{"westeurope":9,"northeurope":2}""");
        Has("eastus", """{"eastus":5}""");

        _planet.Running.Faults.Healed("repair");

        await foreach (var happened in _planet.Running.Timeline.FollowAsync(0, new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token))
        {
            if (happened.Kind == "converged")
                return;
        }
    }

    [Fact]
    public async Task What_a_region_lacks_is_counted_in_its_stamp()
    {
        Has("westeurope", """{"westeurope":9,"northeurope":2}""");
        Has("northeurope", """{"westeurope":4,"northeurope":2}""");
        Has("eastus", """{"eastus":5}""");

        Assert.Equal(new Dictionary<string, long> { ["northeurope"] = 5 }, await _planet.Running.Replicas.MissingAsync("westeurope", CancellationToken.None));
    }

    [Fact]
    public async Task An_order_is_told_to_one_worker_in_each_stamp_and_the_first_is_looked_at()
    {
        await using var union = await WorkerAsync("northeurope", """{"mode":"advise"}""");
        await using var world = await WorkerAsync("eastus", """{"mode":"observe"}""");

        var answer = await OkAsync("PUT", "/planet/steward", """{"mode": "observe"}""");
        var seen = await OkAsync("GET", "/planet/steward");

        Assert.Equal(("advise", "advise"), (answer.GetProperty("mode").GetString(), seen.GetProperty("mode").GetString()));
        const string Order = """PUT /_steward {"mode":"observe"}""";
        Assert.Equal([Order, "GET /_steward"], union.Requests);
        Assert.Equal([Order], world.Requests);
    }

    [Fact]
    public async Task An_order_that_a_stamp_has_not_heard_is_told_to_be_unheard()
    {
        await using var world = await WorkerAsync("eastus", """{"mode":"observe"}""");

        var (status, _) = await _planet.SendAsync("PUT", "/planet/steward", """{"mode": "observe"}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Single(world.Requests);
    }

    [Fact]
    public async Task Plans_of_several_stewards_are_not_acted_on()
    {
        var (status, answer) = await _planet.SendAsync("PUT", "/planet/steward", """{"mode": "act"}""");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("'act' is for one steward, and each stamp of this planet has its own; allowed are observe, advise.", answer.GetProperty("detail").GetString());
    }

    private Task<FakeServer> WorkerAsync(string region, string body) => WorkerAsync(_planet.Planet.Ports.Worker(_planet.Planet.Region(region)), body);

    private static async Task<FakeServer> WorkerAsync(int port, string body)
    {
        var worker = await FakeServer.StartAsync(port);
        worker.Body = body;
        return worker;
    }

    private void Has(string region, string vector) =>
        _replicas[region].Body = $$"""{"conflicts":{"insert":0,"replace":0,"delete":0},"vector":{{vector}}}""";

    private async Task<LiveView> LookAsync()
    {
        await foreach (var view in _planet.Running.FollowAsync(CancellationToken.None))
            return view;
        throw new InvalidOperationException("No view.");
    }

    private async Task<JsonElement> OkAsync(string method, string path, string? body = null)
    {
        var (status, answer) = await _planet.SendAsync(method, path, body);
        Assert.Equal(HttpStatusCode.OK, status);
        return answer;
    }
}
