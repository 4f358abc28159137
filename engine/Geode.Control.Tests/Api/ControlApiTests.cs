using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.Topology;

namespace Geode.Control.Tests.Api;

/// <summary>The control API over a real socket, in front of processes that are none.</summary>
public sealed class ControlApiTests : IAsyncLifetime
{
    private FakePlanet _planet = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _planet = await FakePlanet.StartAsync("westeurope", "eastus", "japaneast");
        _client = _planet.Client;
    }

    public async Task DisposeAsync() => await _planet.DisposeAsync();

    [Fact]
    public async Task Planet_shows_regions_processes_links_outages_and_events()
    {
        var planet = await GetAsync("/planet");

        Assert.Equal(_planet.Running.Router.OriginalString, planet.GetProperty("router").GetString());
        var regions = planet.GetProperty("regions").EnumerateArray().ToList();
        Assert.Equal(["westeurope", "eastus", "japaneast"], regions.Select(r => r.GetProperty("name").GetString()));
        Assert.All(regions, r => Assert.Equal("healthy", r.GetProperty("state").GetString()));
        var api = regions[1].GetProperty("processes").EnumerateArray().Single(p => p.GetProperty("role").GetString() == "api");
        Assert.Equal("api-eastus", api.GetProperty("name").GetString());
        Assert.Equal(_planet.Processes["api-eastus"].Snapshot().Pid, api.GetProperty("pid").GetInt32());
        Assert.Equal(_planet.Planet.Ports.Base + 30, api.GetProperty("port").GetInt32());
        Assert.Equal("healthy", api.GetProperty("state").GetString());
        Assert.Equal("router", planet.GetProperty("processes").EnumerateArray().Single().GetProperty("name").GetString());
        var links = planet.GetProperty("links").EnumerateArray().ToList();
        Assert.Equal(6, links.Count);
        Assert.All(links, l => Assert.Equal("up", l.GetProperty("state").GetString()));
        Assert.All(links, l => Assert.True(l.GetProperty("delayMs").GetDouble() > 0));
        Assert.Empty(planet.GetProperty("outages").EnumerateObject());
        Assert.NotEmpty(planet.GetProperty("events").EnumerateArray());
    }

    [Fact]
    public async Task Kill_freeze_thaw_and_revive_say_what_changed()
    {
        foreach (var (action, state) in new[] { ("freeze", "frozen"), ("thaw", "healthy"), ("kill", "killed"), ("revive", "healthy") })
        {
            var answer = await PostAsync($"/planet/regions/eastus/{action}");

            Assert.Equal(action, answer.GetProperty("action").GetString());
            Assert.Equal(["backplane-eastus", "api-eastus", "worker-eastus"], Strings(answer, "changed"));
            Assert.Empty(Strings(answer, "unchanged"));
            var region = (await GetAsync("/planet")).GetProperty("regions").EnumerateArray().Single(r => r.GetProperty("name").GetString() == "eastus");
            Assert.Equal(state, region.GetProperty("state").GetString());
        }
    }

    [Fact]
    public async Task A_geode_with_a_dead_process_is_degraded()
    {
        using var reader = new StreamReader(await _client.GetStreamAsync("/planet/events"));
        _planet.Processes["worker-eastus"].Exit();

        string? line;
        do
        {
            line = await reader.ReadLineAsync();
            Assert.NotNull(line);
        }
        while (!line.Contains("worker-eastus exited", StringComparison.Ordinal));

        var region = (await GetAsync("/planet")).GetProperty("regions")[1];
        Assert.Equal("degraded", region.GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("POST", "/planet/regions/atlantis/kill")]
    [InlineData("POST", "/planet/regions/atlantis/freeze")]
    [InlineData("POST", "/planet/regions/atlantis/thaw")]
    [InlineData("POST", "/planet/regions/atlantis/revive")]
    [InlineData("POST", "/planet/regions/atlantis/drain")]
    [InlineData("POST", "/planet/regions/atlantis/undrain")]
    [InlineData("PUT", "/planet/regions/atlantis/outage", """{"mode":"hang"}""")]
    [InlineData("PUT", "/planet/links/atlantis/eastus", """{"state":"down"}""")]
    [InlineData("PUT", "/planet/links/eastus/atlantis", """{"state":"down"}""")]
    [InlineData("POST", "/planet/partition", """{"groups":[["eastus","atlantis"]]}""")]
    public async Task An_unknown_region_is_404_with_the_known_ones(string method, string path, string? body = null)
    {
        var (status, problem) = await _planet.SendAsync(method, path, body);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("atlantis", problem.GetProperty("detail").GetString());
        Assert.Equal(["westeurope", "eastus", "japaneast"], Strings(problem, "known"));
    }

    [Theory]
    [InlineData("/planet/links/eastus/japaneast", """{"delayMs":"slow"}""", "delayMs")]
    [InlineData("/planet/links/eastus/japaneast", """{"delayMs":-1}""", "delayMs")]
    [InlineData("/planet/links/eastus/japaneast", """{"delayMs":60001}""", "delayMs")]
    [InlineData("/planet/links/eastus/japaneast", """{"jitterMs":-1}""", "jitterMs")]
    [InlineData("/planet/links/eastus/japaneast", """{"loss":1}""", "loss")]
    [InlineData("/planet/links/eastus/japaneast", """{"state":"broken"}""", "state")]
    [InlineData("/planet/links/eastus/japaneast", """{"speed":1}""", "speed")]
    [InlineData("/planet/links/eastus/japaneast", "{}", "delayMs, jitterMs, loss or state")]
    [InlineData("/planet/links/eastus/japaneast", "{", "body")]
    [InlineData("/planet/links/eastus/japaneast", "", "body")]
    [InlineData("/planet/links/eastus/japaneast", "null", "body")]
    [InlineData("/planet/links/eastus/eastus", """{"state":"down"}""", "eastus")]
    [InlineData("/planet/load", """{"day":{"minutes":0}}""", "day.minutes")]
    [InlineData("/planet/load", """{"day":{"minutes":"five"}}""", "day.minutes")]
    [InlineData("/planet/load", """{"day":5}""", "day")]
    [InlineData("/planet/load", """{"day":{"start":"noon"}}""", "day.start")]
    [InlineData("/planet/load", """{"places":["tokyo"],"surge":{"place":"rome"}}""", "surge.place")]
    [InlineData("/planet/load", """{"surge":{"place":"tokyo","factor":1000}}""", "surge.factor")]
    [InlineData("/planet/load/surge", """{"where":"tokyo"}""", "where")]
    [InlineData("/planet/regions/eastus/outage", "{}", "mode")]
    [InlineData("/planet/regions/eastus/outage", """{"mode":7}""", "mode")]
    public async Task A_bad_body_is_400_and_names_the_field(string path, string body, string named)
    {
        var (status, problem) = await _planet.SendAsync("PUT", path, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(named, problem.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("""{"groups":[]}""", "groups")]
    [InlineData("""{"groups":[[]]}""", "groups")]
    [InlineData("""{}""", "groups")]
    [InlineData("""{"groups":[["eastus"],["eastus"]]}""", "eastus")]
    [InlineData("""{"groups":[["westeurope","eastus","japaneast"]]}""", "groups")]
    [InlineData("""{"groups":["eastus"]}""", "groups[0]")]
    public async Task A_partition_that_is_none_is_400(string body, string named)
    {
        var (status, problem) = await _planet.SendAsync("POST", "/planet/partition", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(named, problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Regions_are_told_with_those_of_Azure_that_could_join_them()
    {
        var answer = await GetAsync("/planet/regions");

        Assert.Equal(["westeurope", "eastus", "japaneast"], Strings(answer, "regions"));
        var available = answer.GetProperty("available").EnumerateArray().ToList();
        Assert.Equal(AzureRegions.All.Count - 3, available.Count);
        Assert.DoesNotContain(available, r => r.GetProperty("name").GetString() == "eastus");
        var brazil = available.Single(r => r.GetProperty("name").GetString() == "brazilsouth");
        Assert.Equal("Brazil South", brazil.GetProperty("displayName").GetString());
        Assert.Equal(AzureRegions.Find("brazilsouth")!.Latitude, brazil.GetProperty("latitude").GetDouble());
    }

    [Theory]
    [InlineData("""{"name":"atlantis"}""", 400, "atlantis")]
    [InlineData("""{"name":""}""", 400, "name")]
    [InlineData("""{"name":"EastUS"}""", 409, "already")]
    public async Task A_region_that_cannot_be_added_is_refused_with_the_reason(string body, int expected, string named)
    {
        var (status, problem) = await _planet.SendAsync("POST", "/planet/regions", body);

        Assert.Equal(expected, (int)status);
        Assert.Contains(named, problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_region_whose_writes_nobody_may_have_is_removed_by_force_only()
    {
        // The stand-ins for replicas answer nothing, as a killed one does not.
        var (status, problem) = await _planet.SendAsync("DELETE", "/planet/regions/eastus");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("?force=true", problem.GetProperty("detail").GetString());
        Assert.StartsWith("The replica of eastus does not answer", problem.GetProperty("lost").GetString());

        (status, problem) = await _planet.SendAsync("DELETE", "/planet/regions/eastus?force=perhaps");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        (status, problem) = await _planet.SendAsync("DELETE", "/planet/regions/atlantis");
        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    [Fact]
    public async Task An_unknown_call_lists_those_there_are()
    {
        var (status, problem) = await _planet.SendAsync("GET", "/plant");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("GET /planet", Strings(problem, "known"));
        Assert.Contains("POST /planet/regions/{region}/kill", Strings(problem, "known"));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var (status, _) = await _planet.SendAsync("PUT", "/planet/regions/eastus/outage", $$"""{"mode":"{{new string('x', 100_000)}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Fact]
    public async Task Events_stream_with_their_ids_and_resume_after_the_last_seen()
    {
        var last = _planet.Running.Timeline.Latest()[^1].Id;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/planet/events");
        request.Headers.Add("Last-Event-ID", last.ToString());
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        await _planet.Running.Geodes.FreezeAsync("eastus");

        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("event: process", await reader.ReadLineAsync());
        var data = JsonDocument.Parse((await reader.ReadLineAsync())!["data: ".Length..]).RootElement;
        Assert.Equal($"id: {last + 1}", await reader.ReadLineAsync());
        Assert.Equal(("eastus", "frozen"), (data.GetProperty("region").GetString(), data.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Events_end_with_the_planet()
    {
        using var reader = new StreamReader(await _client.GetStreamAsync("/planet/events"));

        await _planet.StopAsync();

        Assert.Contains("stopping", await reader.ReadToEndAsync());
    }

    private async Task<JsonElement> GetAsync(string path) => await _client.GetFromJsonAsync<JsonElement>(path);

    private async Task<JsonElement> PostAsync(string path)
    {
        var (status, answer) = await _planet.SendAsync("POST", path);
        Assert.Equal(HttpStatusCode.OK, status);
        return answer;
    }

    private static IEnumerable<string?> Strings(JsonElement element, string name) =>
        element.GetProperty(name).EnumerateArray().Select(e => e.GetString());
}
