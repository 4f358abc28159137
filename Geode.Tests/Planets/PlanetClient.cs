using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Geode.Tests.Planets;

/// <summary>A person somewhere on the planet: keeps cookies, and says where it is.</summary>
public sealed class PlanetClient : IDisposable
{
    private const string PlaceHeader = "X-Geode-Client";

    private readonly HttpClient _http;

    /// <param name="place">A city or region that the router knows; null to talk to an address without one.</param>
    public PlanetClient(Uri address, string? place)
    {
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        if (place is not null)
            _http.DefaultRequestHeaders.Add(PlaceHeader, place);
    }

    /// <summary>Cookies do not tell ports apart, so they hold for every process of the planet.</summary>
    public CookieContainer Cookies { get; } = new();

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path);

    public async Task<JsonElement> ReadAsync(string path, string? from = null)
    {
        using var response = await SendAsync(HttpMethod.Get, path, body: null, from: from);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"GET {path} from {from ?? "here"}: {(int)response.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <param name="path">Of the client's address, or a whole address.</param>
    /// <param name="from">Where the client is for this one request.</param>
    /// <param name="traceparent">The trace that the request belongs to.</param>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body, string? idempotencyKey = null, string? from = null, string? traceparent = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (from is not null)
            request.Headers.Add(PlaceHeader, from);
        if (traceparent is not null)
            request.Headers.Add("traceparent", traceparent);
        return await _http.SendAsync(request);
    }

    /// <summary>Asks a question and returns its id.</summary>
    public async Task<string> AskAsync(string title, string? idempotencyKey = null, string? from = null, Uri? at = null, string tag = "test")
    {
        var path = (at is null ? "" : at.GetLeftPart(UriPartial.Authority)) + "/api/questions";
        using var response = await SendAsync(HttpMethod.Post, path, new { title, body = "Body of " + title, tags = new[] { tag } }, idempotencyKey, from);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, $"POST {path}: {(int)response.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("id").GetString()!;
    }

    public static string ServedBy(HttpResponseMessage response) => response.Headers.GetValues("X-Geode-Served-By").Single();

    public void Dispose() => _http.Dispose();
}
