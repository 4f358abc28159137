using System.Net.Http.Json;
using System.Text.Json;

namespace Geode.Tests.Planets;

/// <summary>The control API, for tests.</summary>
public sealed class PlanetControl(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(3) };

    public async Task<JsonElement> PlanetAsync() => await _http.GetFromJsonAsync<JsonElement>("/planet");

    public Task<JsonElement> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    public async Task<JsonElement> DeleteAsync(string path)
    {
        using var response = await _http.DeleteAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"DELETE {path}: {(int)response.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public Task<JsonElement> KillAsync(string region) => PostAsync($"/planet/regions/{region}/kill");

    public Task<JsonElement> FreezeAsync(string region) => PostAsync($"/planet/regions/{region}/freeze");

    public Task<JsonElement> ThawAsync(string region) => PostAsync($"/planet/regions/{region}/thaw");

    public Task<JsonElement> ReviveAsync(string region) => PostAsync($"/planet/regions/{region}/revive");

    /// <summary>Cuts the region off from all others.</summary>
    public Task<JsonElement> IsolateAsync(string region) => PostAsync("/planet/partition", new { groups = new[] { new[] { region } } });

    public Task<JsonElement> HealAsync() => PostAsync("/planet/heal");

    public Task<JsonElement> OutageAsync(string region, string mode) =>
        SendAsync(HttpMethod.Put, $"/planet/regions/{region}/outage", new { mode });

    /// <summary>Gives every link of the planet that delay and jitter.</summary>
    public async Task DelayAsync(double delayMs, double jitterMs)
    {
        foreach (var (from, to) in from a in PlanetFixture.Regions from b in PlanetFixture.Regions where a != b select (a, b))
            await SendAsync(HttpMethod.Put, $"/planet/links/{from}/{to}", new { delayMs, jitterMs });
    }

    /// <summary>Sets a link to what <c>GET /planet</c> said of it.</summary>
    public Task<JsonElement> LinkAsync(JsonElement link) => SendAsync(
        HttpMethod.Put,
        $"/planet/links/{link.GetProperty("from").GetString()}/{link.GetProperty("to").GetString()}",
        new { delayMs = link.GetProperty("delayMs").GetDouble(), jitterMs = link.GetProperty("jitterMs").GetDouble() });

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body ?? new { }) };
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
