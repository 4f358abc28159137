using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.TestKit;

namespace Geode.Control.Tests.Api;

/// <summary>What people say of a publication goes to any Worker that answers.</summary>
public sealed class PublicationApiTests : IAsyncLifetime
{
    private FakePlanet _planet = null!;
    private FakeServer _worker = null!;

    public async Task InitializeAsync()
    {
        _planet = await FakePlanet.StartAsync("westeurope", "eastus");
        // Only the second region has one.
        _worker = await FakeServer.StartAsync(_planet.Planet.Ports.Worker(_planet.Planet.Regions[1]));
        _worker.Body = """{"name":"tastes","version":"1003.6"}""";
    }

    public async Task DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _planet.DisposeAsync();
    }

    [Fact]
    public async Task A_worker_that_answers_is_asked_and_told()
    {
        Assert.Equal("1003.6", (await _planet.Client.GetFromJsonAsync<JsonElement>("/planet/publications")).GetProperty("version").GetString());
        using (var back = await _planet.Client.PostAsync("/planet/publications/tastes/rollback", null))
            Assert.Equal("1003.6", (await back.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("version").GetString());
        (await _planet.Client.PostAsJsonAsync("/planet/publications/tastes/rollback", new { to = "1003.5" })).EnsureSuccessStatusCode();
        (await _planet.Client.PostAsync("/planet/publications/tastes/resume", null)).EnsureSuccessStatusCode();
        Assert.Contains("GET /_publications", _worker.Requests);
        Assert.Contains("POST /_publications/tastes/rollback", _worker.Requests);
        Assert.Contains("""POST /_publications/tastes/rollback {"to":"1003.5"}""", _worker.Requests);
        Assert.Contains("POST /_publications/tastes/resume", _worker.Requests);
        Assert.Equal(
            ["tastes goes back to the version before", "tastes goes back to 1003.5", "tastes goes on with the newest version"],
            _planet.Running.Timeline.Latest().Where(e => e.Kind == "publication").Select(e => e.Message));
    }

    [Theory]
    [InlineData("""{"version": "1003.5"}""")]
    [InlineData("""{"to": 5}""")]
    [InlineData("null")]
    [InlineData("1003.5")]
    public async Task A_body_that_is_none_is_refused_before_anybody_is_told(string body)
    {
        using var answer = await _planet.Client.PostAsync("/planet/publications/tastes/rollback", new StringContent(body));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("""expected {"to": "1003.7"}""", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_worker.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nobody_uses_publications_there_is_nothing_to_see_and_nobody_to_tell()
    {
        await _worker.DisposeAsync();
        Assert.Equal("null", await _planet.Client.GetStringAsync("/planet/publications"));
        using var order = await _planet.Client.PostAsync("/planet/publications/tastes/resume", null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, order.StatusCode);
        Assert.DoesNotContain(_planet.Running.Timeline.Latest(), e => e.Kind == "publication");
    }
}
