using System.Net;

namespace Geode.Control.Tests.Api;

public sealed class LoopbackGuardTests : IAsyncLifetime
{
    private FakePlanet _planet = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _planet = await FakePlanet.StartAsync("eastus");
        _client = _planet.Client;
    }

    public async Task DisposeAsync() => await _planet.DisposeAsync();

    [Theory]
    [InlineData("evil.example")]
    [InlineData("192.168.1.10")]
    [InlineData("localhost.evil.example")]
    public async Task A_host_that_is_not_loopback_is_refused(string host)
    {
        using var answer = await SendAsync(HttpMethod.Get, "/planet", host: host);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:8079")]
    public async Task Loopback_by_any_name_is_served(string host)
    {
        using var answer = await SendAsync(HttpMethod.Get, "/planet", host: host);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("http://localhost:1")]
    public async Task A_page_of_another_origin_changes_nothing(string origin)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/planet/regions/eastus/kill", origin);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.All(_planet.Running.Processes, p => Assert.NotNull(p.Pid));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task The_planet_s_own_page_is_answered_for_its_origin_alone(string host)
    {
        var origin = $"http://{host}:{_planet.Planet.Ports.Router}";

        using var preflight = await SendAsync(HttpMethod.Options, "/planet/links/eastus/westeurope", origin);
        using var answer = await SendAsync(HttpMethod.Get, "/planet", origin);
        using var unknown = await SendAsync(HttpMethod.Post, "/planet/regions/atlantis/kill", origin);

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Contains("PUT", preflight.Headers.GetValues("Access-Control-Allow-Methods").Single());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        foreach (var response in (HttpResponseMessage[])[preflight, answer, unknown])
        {
            Assert.Equal(origin, response.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.Contains("Origin", response.Headers.Vary);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? origin = null, string? host = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        if (host is not null)
            request.Headers.Host = host;
        return await _client.SendAsync(request);
    }
}
