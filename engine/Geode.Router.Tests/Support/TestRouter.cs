using System.Net.Http.Json;
using System.Text.Json;
using Geode.Router;
using Geode.Router.Admin;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Geode.Router.Tests.Support;

/// <summary>The router as it runs, on free ports, in front of the given origins. Probes are quick, so that tests are.</summary>
internal sealed class TestRouter : IAsyncDisposable
{
    /// <summary>A setting: what is believed of an origin stays as it was at the start, but for what requests tell.</summary>
    public const string NoProbes = "Health:ProbeIntervalMs=3600000";

    private readonly WebApplication _app;

    private TestRouter(WebApplication app)
    {
        _app = app;
        Client = Connect();
        Admin = new HttpClient { BaseAddress = app.Services.GetRequiredService<AdminListener>().Address };
    }

    public Uri Address => new(_app.Urls.First());

    /// <summary>Of every endpoint, in the order of their names.</summary>
    public IReadOnlyList<Uri> Addresses => [.. _app.Urls.Select(url => new Uri(url))];

    /// <summary>A client with its own connections.</summary>
    public HttpClient Client { get; }

    public HttpClient Admin { get; }

    public IServiceProvider Services => _app.Services;

    public RouterSnapshot Snapshot => _app.Services.GetRequiredService<RouterState>().Current;

    /// <param name="settings">Below <c>Geode:Router</c>: <c>Tries:MaxTries=2</c>.</param>
    public static Task<TestRouter> StartAsync(Uri[] origins, params string[] settings) => StartAsync(origins, _ => { }, settings);

    public static Task<TestRouter> StartAsync(Uri[] origins, Action<WebApplicationBuilder> configure, params string[] settings) =>
        RunAsync([.. origins.Select((o, i) => $"Origins:{Name(i)}={o.GetLeftPart(UriPartial.Authority)}"), .. settings], configure);

    public static async Task<TestRouter> RunAsync(string[] settings, Action<WebApplicationBuilder> configure)
    {
        string[] all = ["Admin=http://127.0.0.1:0", "Health:ProbeIntervalMs=50", "Health:ProbeTimeoutMs=5000", "Health:EjectMs=100", .. settings];
        var app = RouterApp.Build(
            ["--urls", "http://127.0.0.1:0", .. all.Select(s => $"--Geode:Router:{s}"), "--Geode:DrainMs=0"],
            builder =>
            {
                builder.Logging.ClearProviders();
                configure(builder);
            });
        await app.StartAsync();
        var router = new TestRouter(app);
        await Eventually.IsAsync(() => router.Snapshot.Origins.All(o => o.State != Geode.Router.Health.OriginState.Unknown));
        return router;
    }

    /// <summary>The name of the i-th origin.</summary>
    public static string Name(int i) => ((char)('a' + i)).ToString();

    public HttpClient Connect() => new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        BaseAddress = Address,
        Timeout = TimeSpan.FromMinutes(2),
    };

    /// <param name="method"><c>GET</c>, <c>POST+key</c> (with an <c>Idempotency-Key</c>), <c>POST without a body</c>.</param>
    /// <param name="client">Its address; null: this machine.</param>
    public Task<HttpResponseMessage> SendAsync(string method, string? client = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method.Split('+', ' ')[0]), "/thing");
        if (method.EndsWith("+key", StringComparison.Ordinal))
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        if (request.Method != HttpMethod.Get && !method.EndsWith("body", StringComparison.Ordinal))
            request.Content = new StringContent("x");
        if (client is not null)
            request.Headers.Add("X-Forwarded-For", client);
        return Client.SendAsync(request);
    }

    /// <summary>From now on these are the instances of the origin; none: it sleeps.</summary>
    public async Task SetInstancesAsync(string origin, params Uri[] addresses)
    {
        using var answer = await Admin.PutAsJsonAsync($"/_router/origins/{origin}/instances", addresses.Select(a => a.GetLeftPart(UriPartial.Authority)));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What <c>GET /_router/origins</c> says of one origin.</summary>
    public async Task<JsonElement> ReportAsync(string name)
    {
        var all = await Admin.GetFromJsonAsync<JsonElement[]>("/_router/origins");
        return Assert.Single(all!, o => o.GetProperty("name").GetString() == name);
    }

    public Task IsAsync(string origin, string state) =>
        Eventually.IsAsync(async () => (await ReportAsync(origin)).GetProperty("state").GetString() == state, $"{origin} is {state}");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Admin.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

internal static class Responses
{
    public static string ServedBy(this HttpResponseMessage response) => Assert.Single(response.Headers.GetValues("X-Geode-Served-By"));

    public static string Attempts(this HttpResponseMessage response) => Assert.Single(response.Headers.GetValues("X-Geode-Attempts"));

    public static string? XCache(this HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Cache", out var values) ? Assert.Single(values) : null;
}
