using System.Net;
using System.Net.Sockets;
using Geode.Topology;

namespace Geode.Router.Tests.Support;

/// <summary>The router as a planet has it, in front of an origin for each of its regions, and clients in cities.</summary>
internal sealed class PlanetWorld : IAsyncDisposable
{
    private readonly List<TestOrigin> _origins = [];
    private TestRouter? _router;

    public TestRouter Router => _router ?? throw new InvalidOperationException("It has not started.");

    public TestOrigin this[string region] => _origins.Single(o => o.Name == region);

    /// <param name="planet">As <c>geode.json</c> says it; its ports are chosen here.</param>
    public static async Task<PlanetWorld> StartAsync(string planet)
    {
        var world = new PlanetWorld();
        var placed = await world.OpenAsync(PlanetLoader.Parse(planet, "test"));
        // However slow the machine is: nobody else is asked only for that.
        string[] settings = ["Tries:HedgeBudget=0", "Tries:TimeoutMinMs=600000", "Tries:TimeoutMaxMs=600000"];
        world._router = await TestRouter.RunAsync(settings, builder =>
        {
            builder.Configuration["Geode:Planet"] = PlanetJson.Write(placed);
            builder.Configuration["Geode:Router:EmulateWan"] = "false";
        });
        return world;
    }

    /// <summary>Who serves a client in that city.</summary>
    public async Task<string> ServedAsync(string city, string path = "/", HttpMethod? method = null)
    {
        var place = Places.Find(city)!;
        Assert.InRange(place.Number, 1, 254);
        using var client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (context, cancel) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse($"127.0.{place.Number}.1"), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(Router.Address, path));
        using var answer = await client.SendAsync(request);
        return answer.IsSuccessStatusCode ? answer.ServedBy() : $"{(int)answer.StatusCode}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_router is not null)
            await _router.DisposeAsync();
        await CloseAsync();
    }

    // A planet's ports hang together; another base is tried until all of them are free.
    private async Task<Planet> OpenAsync(Planet planet)
    {
        for (var tries = 0; ; tries++)
        {
            var placed = planet with { Ports = new(Random.Shared.Next(20_000, 30_000)) };
            try
            {
                foreach (var region in placed.Regions)
                    _origins.Add(await TestOrigin.StartAsync(region.Name, port: placed.Ports.Api(region)));
                return placed;
            }
            catch (IOException) when (tries < 20)
            {
                await CloseAsync();
            }
        }
    }

    private async Task CloseAsync()
    {
        foreach (var origin in _origins)
            await origin.DisposeAsync();
        _origins.Clear();
    }
}
