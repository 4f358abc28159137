using System.Net;
using System.Net.Sockets;
using Geode.Router.Tests.Support;
using Geode.Topology;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>Nearest routing, seen from sockets bound in the places' loopback blocks.</summary>
public sealed class PlacesTests : IAsyncLifetime
{
    private readonly List<TestOrigin> _origins = [];
    private Planet _planet = null!;
    private TestRouter _router = null!;

    public async Task InitializeAsync()
    {
        // A planet's ports hang together; another base is tried until all of them are free.
        for (var tries = 0; _origins.Count < 3; tries++)
        {
            _planet = PlanetLoader.Parse(
                $$"""{ "regions": ["westeurope", "eastus", "southeastasia"], "ports": { "base": {{Random.Shared.Next(20_000, 30_000)}} } }""", "test");
            try
            {
                foreach (var region in _planet.Regions)
                    _origins.Add(await TestOrigin.StartAsync(region.Name, port: _planet.Ports.Api(region)));
            }
            catch (IOException) when (tries < 20)
            {
                await CloseAsync();
            }
        }

        // However slow the machine is: nobody else is asked only for that.
        string[] settings = ["Tries:HedgeBudget=0", "Tries:TimeoutMinMs=600000", "Tries:TimeoutMaxMs=600000"];
        _router = await TestRouter.RunAsync(settings, builder =>
        {
            builder.Configuration["Geode:Planet"] = PlanetJson.Write(_planet);
            builder.Configuration["Geode:Router:EmulateWan"] = "false";
        });
    }

    public async Task DisposeAsync()
    {
        await _router.DisposeAsync();
        await CloseAsync();
    }

    [Theory]
    [InlineData("amsterdam", "westeurope")]
    [InlineData("newyork", "eastus")]
    [InlineData("singapore", "southeastasia")]
    [InlineData("sydney", "southeastasia")]
    [InlineData("losangeles", "eastus")]
    public async Task A_client_is_served_by_the_geode_nearest_to_its_place(string city, string region) =>
        Assert.Equal(region, await ServedAsync(city));

    [Fact]
    public async Task A_client_without_a_place_is_where_the_router_is() =>
        Assert.Equal("westeurope", (await _router.Client.GetAsync("/")).ServedBy());

    [Fact]
    public async Task When_the_nearest_drains_or_dies_the_next_nearest_serves()
    {
        await _router.Admin.PostAsync("/_router/origins/southeastasia/drain", null);
        Assert.Equal("westeurope", await ServedAsync("singapore"));
        await _router.Admin.PostAsync("/_router/origins/southeastasia/undrain", null);
        Assert.Equal("southeastasia", await ServedAsync("singapore"));
        await _origins[2].DisposeAsync();
        Assert.Equal("westeurope", await ServedAsync("singapore"));
        Assert.Equal("eastus", await ServedAsync("newyork"));
    }

    private async Task<string> ServedAsync(string city)
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
        return (await client.GetAsync(_router.Address)).ServedBy();
    }

    private async Task CloseAsync()
    {
        foreach (var origin in _origins)
            await origin.DisposeAsync();
        _origins.Clear();
    }
}
