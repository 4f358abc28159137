using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.Topology;

namespace Geode.Tests.Api;

/// <summary>A visitor who talks to any geode and carries cookies between them, as a browser behind the router does.</summary>
public sealed class Caller : IDisposable
{
    private readonly ServicePlanet _planet;
    private readonly HttpClient _client;

    public Caller(ServicePlanet planet)
    {
        _planet = planet;
        // Cookies do not tell ports apart, so one jar serves all geodes.
        _client = new(new HttpClientHandler { CookieContainer = Cookies }) { Timeout = TimeSpan.FromMinutes(3) };
    }

    public CookieContainer Cookies { get; } = new();

    public void Dispose() => _client.Dispose();

    public Task<Answer> GetAsync(string path, Region? at = null) => SendAsync(HttpMethod.Get, path, at: at);

    public Task<Answer> PostAsync(string path, object? body = null, Region? at = null, string? key = null) =>
        SendAsync(HttpMethod.Post, path, body, at, key is null ? [] : [("Idempotency-Key", key)]);

    public Task<Answer> PutAsync(string path, object body, Region? at = null, string? etag = null) =>
        SendAsync(HttpMethod.Put, path, body, at, etag is null ? [] : [("If-Match", etag)]);

    public Task<Answer> DeleteAsync(string path, Region? at = null) => SendAsync(HttpMethod.Delete, path, at: at);

    public async Task<Answer> SendAsync(
        HttpMethod method, string path, object? body = null, Region? at = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, PlanetPorts.Loopback(_planet.Planet.Ports.Api(at ?? _planet.Here)) + path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            _ => JsonContent.Create(body),
        };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) is true;
        return new(
            response.StatusCode,
            isJson ? JsonDocument.Parse(text).RootElement : default,
            response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Asks and returns the question's id.</summary>
    public async Task<string> AskAsync(string title, Region? at = null, string? key = null, params string[] tags)
    {
        var asked = await PostAsync("/api/questions", new { title, body = $"About {title}", tags }, at, key);
        Assert.Equal(HttpStatusCode.Created, asked.Status);
        return asked.Text("id");
    }
}

public sealed record Answer(HttpStatusCode Status, JsonElement Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Text(string property) => Body.GetProperty(property).GetString()!;

    public int Number(string property) => Body.GetProperty(property).GetInt32();

    /// <summary>The fields a problem names.</summary>
    public IEnumerable<string> Fields => Body.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Select(e => e.Name) : [];
}
