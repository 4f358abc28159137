using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.Topology;

namespace Geode.Service.Tests;

/// <summary>Someone who talks to any geode and carries cookies between them, as a browser behind the router does.</summary>
public sealed class Shopper : IDisposable
{
    private readonly ShoppingPlanet _planet;
    private readonly HttpClient _client;

    public Shopper(ShoppingPlanet planet)
    {
        _planet = planet;
        // Cookies do not tell ports apart, so one jar serves all geodes.
        _client = new(new HttpClientHandler { CookieContainer = Cookies }) { Timeout = TimeSpan.FromMinutes(3) };
    }

    public CookieContainer Cookies { get; } = new();

    public void Dispose() => _client.Dispose();

    /// <summary>Makes a list and returns its id.</summary>
    public async Task<string> ListAsync(string name, Region at, string? key = null)
    {
        var (status, body) = await SendAsync(HttpMethod.Post, "api/lists", new { text = name }, at, key);
        Assert.Equal(HttpStatusCode.Created, status);
        return body.GetProperty("id").GetString()!;
    }

    public async Task AddAsync(string list, string item, Region at) =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Put, $"api/lists/{list}/items/{item}", new { }, at)).Status);

    public async Task<HttpStatusCode> NoteAsync(string list, string text, Region at) =>
        (await SendAsync(HttpMethod.Put, $"api/lists/{list}/note", new { text }, at)).Status;

    /// <summary>The list as it is read there; undefined when it is not.</summary>
    public Task<(HttpStatusCode Status, JsonElement Body)> ReadAsync(string list, Region at) => SendAsync(HttpMethod.Get, $"api/lists/{list}", null, at);

    /// <summary>How many items are counted there.</summary>
    public async Task<int> CountedAsync(string list, Region at) =>
        await ReadAsync(list, at) is (HttpStatusCode.OK, var body) ? body.GetProperty("counted").GetInt32() : -1;

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body, Region at, string? key = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_planet.Address(at), path));
        if (body is not null)
            request.Content = JsonContent.Create(body);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length > 0 ? JsonDocument.Parse(text).RootElement : default);
    }
}
