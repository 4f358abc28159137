using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Geode.TestKit;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Geode.Control.Tests;

/// <summary>A router's admin as far as instances go: remembers who serves, and says of the requests what a test has it say.</summary>
internal sealed class FakeRouter : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeRouter(WebApplication app) => _app = app;

    /// <summary>By region, the ports that it was told last.</summary>
    public ConcurrentDictionary<string, int[]> Told { get; } = new();

    /// <summary>All that it was told, in order: <c>westeurope 8020,8024</c>.</summary>
    public ConcurrentQueue<string> History { get; } = new();

    /// <summary>By region, the requests so far.</summary>
    public ConcurrentDictionary<string, long> Requests { get; } = new();

    /// <summary>By region, the open streams.</summary>
    public ConcurrentDictionary<string, int> Streams { get; } = new();

    /// <summary>By port, requests that an instance works on, also after the router was told that it leaves.</summary>
    public ConcurrentDictionary<int, int> InFlight { get; } = new();

    /// <summary>It refuses everything.</summary>
    public bool Refuses { get; set; }

    public static async Task<FakeRouter> StartAsync(Planet planet)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, planet.Ports.RouterAdmin));
        var router = new FakeRouter(builder.Build());
        foreach (var region in planet.RegionNames)
            router.Requests[region] = 0;
        router._app.Run(router.AnswerAsync);
        await router._app.StartAsync();
        return router;
    }

    /// <summary>Waits until the router has been told exactly these ports.</summary>
    public Task ToldAsync(string region, params int[] ports) => OsProcess.UntilAsync(() => Told.TryGetValue(region, out var told) && told.SequenceEqual(ports));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (Refuses)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }
        if (path is ["_router", "origins", var region, "instances"])
        {
            var addresses = await JsonSerializer.DeserializeAsync<Uri[]>(context.Request.Body);
            Told[region] = [.. addresses!.Select(a => a.Port)];
            History.Enqueue($"{region} {string.Join(',', Told[region])}");
            return;
        }
        await context.Response.WriteAsync(JsonSerializer.Serialize(Requests.Select(r => new
        {
            name = r.Key,
            requests = r.Value,
            held = 0,
            inFlight = 0,
            streams = Streams.GetValueOrDefault(r.Key),
            instances = InFlight.Select(i => new { address = PlanetPorts.Loopback(i.Key), inFlight = i.Value, state = "healthy" }),
        })));
    }
}
