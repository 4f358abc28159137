using System.Net.Http.Json;
using System.Text.Json;

namespace Geode.Tests.Planets;

/// <summary>The control API, for tests.</summary>
public sealed class PlanetControl(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };

    public async Task<JsonElement> PlanetAsync() => await _http.GetFromJsonAsync<JsonElement>("/planet");

    public async Task<JsonElement> PostAsync(string path, object? body = null)
    {
        using var response = await _http.PostAsJsonAsync(path, body ?? new { });
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"POST {path}: {(int)response.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public async Task<JsonElement> DeleteAsync(string path)
    {
        using var response = await _http.DeleteAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"DELETE {path}: {(int)response.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public Task<JsonElement> KillAsync(string region) => PostAsync($"/planet/regions/{region}/kill");

    public Task<JsonElement> ReviveAsync(string region) => PostAsync($"/planet/regions/{region}/revive");

    public void Dispose() => _http.Dispose();
}
