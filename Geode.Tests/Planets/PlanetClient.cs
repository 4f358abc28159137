using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Geode.Tests.Planets;

/// <summary>A person somewhere on the planet: keeps cookies, and says where it is.</summary>
public sealed class PlanetClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="place">A city or region that the router knows; null to talk to an address without one.</param>
    public PlanetClient(Uri address, string? place)
    {
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        if (place is not null)
            _http.DefaultRequestHeaders.Add("X-Geode-Client", place);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path);

    public async Task<JsonElement> ReadAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object body, string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return _http.SendAsync(request);
    }

    /// <summary>Asks a question and returns its id.</summary>
    public async Task<string> AskAsync(string title, string? idempotencyKey = null)
    {
        using var response = await SendAsync(HttpMethod.Post, "/api/questions", new { title, body = "Body of " + title, tags = new[] { "test" } }, idempotencyKey);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    public static string ServedBy(HttpResponseMessage response) => response.Headers.GetValues("X-Geode-Served-By").Single();

    public void Dispose() => _http.Dispose();
}
