using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.TestKit;

namespace Geode.Control.Tests.Api;

/// <summary>Calls that go on to the replicas' and the router's admin; fakes stand in their place.</summary>
public sealed class FaultEndpointsTests : IAsyncLifetime
{
    private readonly Dictionary<string, FakeServer> _replicas = [];
    private FakePlanet _planet = null!;
    private FakeServer _router = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _planet = await FakePlanet.StartAsync("westeurope", "eastus", "japaneast");
        foreach (var region in _planet.Planet.Regions)
            _replicas[region.Name] = await FakeServer.StartAsync(_planet.Planet.Ports.BackplaneAccount(region));
        _router = await FakeServer.StartAsync(_planet.Planet.Ports.RouterAdmin);
        _client = _planet.Client;
    }

    public async Task DisposeAsync()
    {
        await _router.DisposeAsync();
        foreach (var replica in _replicas.Values)
            await replica.DisposeAsync();
        await _planet.DisposeAsync();
    }

    [Fact]
    public async Task A_link_is_changed_at_both_its_ends()
    {
        var answer = await PutAsync("/planet/links/westeurope/eastus", new { delayMs = 120.5, state = "down" });

        Assert.Equal("down", answer.GetProperty("link").GetProperty("state").GetString());
        Assert.Empty(answer.GetProperty("pending").EnumerateArray());
        const string Expected = """PUT /_backplane/links/westeurope/eastus {"delayMs":120.5,"jitterMs":0,"loss":0,"state":"down"}""";
        Assert.Equal([Expected], _replicas["westeurope"].Requests);
        Assert.Equal([Expected], _replicas["eastus"].Requests);
        Assert.Empty(_replicas["japaneast"].Requests);
        var shown = (await PlanetAsync()).GetProperty("links").EnumerateArray()
            .Single(l => l.GetProperty("from").GetString() == "westeurope" && l.GetProperty("to").GetString() == "eastus");
        Assert.Equal((120.5, "down"), (shown.GetProperty("delayMs").GetDouble(), shown.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_replica_that_is_away_is_told_when_it_is_revived()
    {
        await _replicas["eastus"].DisposeAsync();
        await _planet.Running.Geodes.KillAsync("eastus");

        var answer = await PutAsync("/planet/links/westeurope/eastus", new { state = "down" });
        Assert.Equal(["eastus"], answer.GetProperty("pending").EnumerateArray().Select(p => p.GetString()));

        _replicas["eastus"] = await FakeServer.StartAsync(_planet.Planet.Ports.BackplaneAccount(_planet.Planet.Region("eastus")));
        await _planet.Running.Geodes.ReviveAsync("eastus");

        var told = Assert.Single(_replicas["eastus"].Requests);
        Assert.StartsWith("PUT /_backplane/links/westeurope/eastus ", told);
        Assert.Contains("\"down\"", told);
    }

    [Fact]
    public async Task A_partition_cuts_between_groups_and_heal_mends_it()
    {
        var cut = await PostAsync("/planet/partition", new { groups = new[] { new[] { "japaneast" } } });

        Assert.Equal("""[["japaneast"],["westeurope","eastus"]]""", cut.GetProperty("groups").GetRawText());
        Assert.Equal(4, cut.GetProperty("changed").GetArrayLength());
        Assert.Equal(["eastus>japaneast", "japaneast>eastus", "japaneast>westeurope", "westeurope>japaneast"], await DownAsync());

        var moved = await PostAsync("/planet/partition", new { groups = new[] { new[] { "westeurope" } } });

        Assert.Equal(4, moved.GetProperty("changed").GetArrayLength());
        Assert.Equal(["eastus>westeurope", "japaneast>westeurope", "westeurope>eastus", "westeurope>japaneast"], await DownAsync());

        var healed = await PostAsync("/planet/heal", null);

        Assert.Equal(4, healed.GetProperty("changed").GetArrayLength());
        Assert.Empty(await DownAsync());
        Assert.Empty((await PostAsync("/planet/heal", null)).GetProperty("changed").EnumerateArray());
    }

    [Fact]
    public async Task An_outage_is_set_shown_and_ended()
    {
        await PutAsync("/planet/regions/eastus/outage", new { mode = "hang" });
        Assert.Equal(["""PUT /_backplane/outage {"mode":"hang"}"""], _replicas["eastus"].Requests);
        var planet = await PlanetAsync();
        Assert.Equal("hang", planet.GetProperty("outages").GetProperty("eastus").GetString());
        Assert.Equal("hang", planet.GetProperty("regions")[1].GetProperty("outage").GetString());

        await PutAsync("/planet/regions/eastus/outage", new { mode = "none" });
        Assert.Empty((await PlanetAsync()).GetProperty("outages").EnumerateObject());
    }

    [Fact]
    public async Task An_outage_does_not_outlive_the_replica_it_was_set_on()
    {
        await PutAsync("/planet/regions/eastus/outage", new { mode = "hang" });

        await _planet.Running.Geodes.KillAsync("EASTUS");

        Assert.Empty((await PlanetAsync()).GetProperty("outages").EnumerateObject());
    }

    [Fact]
    public async Task What_the_replica_says_of_a_mode_is_passed_on()
    {
        _replicas["eastus"].Status = HttpStatusCode.BadRequest;
        _replicas["eastus"].Body = """{"detail":"mode: 'tired' is none of refuse, hang."}""";

        using var answer = await _client.PutAsJsonAsync("/planet/regions/eastus/outage", new { mode = "tired" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("none of refuse, hang", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_outage_of_a_dead_replica_is_a_conflict()
    {
        await _replicas["eastus"].DisposeAsync();

        using var answer = await _client.PutAsJsonAsync("/planet/regions/eastus/outage", new { mode = "hang" });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("revive", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Drain_and_undrain_go_through_the_router()
    {
        Assert.True((await PostAsync("/planet/regions/eastus/drain", null)).GetProperty("draining").GetBoolean());
        Assert.True((await PlanetAsync()).GetProperty("regions")[1].GetProperty("draining").GetBoolean());

        Assert.False((await PostAsync("/planet/regions/eastus/undrain", null)).GetProperty("draining").GetBoolean());
        Assert.False((await PlanetAsync()).GetProperty("regions")[1].GetProperty("draining").GetBoolean());

        Assert.Equal(["POST /_router/origins/eastus/drain", "POST /_router/origins/eastus/undrain"], _router.Requests);
    }

    [Fact]
    public async Task A_router_that_is_away_or_refuses_is_502()
    {
        _router.Status = HttpStatusCode.InternalServerError;
        using var refused = await _client.PostAsync("/planet/regions/eastus/drain", null);
        await _router.DisposeAsync();
        using var away = await _client.PostAsync("/planet/regions/eastus/drain", null);

        Assert.Equal(HttpStatusCode.BadGateway, refused.StatusCode);
        Assert.Equal(HttpStatusCode.BadGateway, away.StatusCode);
        Assert.False((await PlanetAsync()).GetProperty("regions")[1].GetProperty("draining").GetBoolean());
    }

    private async Task<IEnumerable<string>> DownAsync() =>
        from link in (await PlanetAsync()).GetProperty("links").EnumerateArray()
        where link.GetProperty("state").GetString() == "down"
        let name = $"{link.GetProperty("from").GetString()}>{link.GetProperty("to").GetString()}"
        orderby name
        select name;

    private Task<JsonElement> PlanetAsync() => _client.GetFromJsonAsync<JsonElement>("/planet");

    private async Task<JsonElement> PutAsync(string path, object body) => await OkAsync(await _client.PutAsJsonAsync(path, body));

    private async Task<JsonElement> PostAsync(string path, object? body) => await OkAsync(await _client.PostAsJsonAsync(path, body));

    private static async Task<JsonElement> OkAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }
    }
}
