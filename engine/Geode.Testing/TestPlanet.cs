using Aspire.Hosting;
using Geode.Control.Events;
using Geode.Control.Processes;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Testing;

/// <summary>A planet of real processes that a test starts, breaks, heals and checks. Dispose to stop it: nothing survives. Several may
/// run side by side, each on ports of its own.</summary>
public sealed partial class TestPlanet : IAsyncDisposable
{
    private const string ClientHeader = "X-Geode-Client";

    private readonly IAsyncDisposable _host;
    private readonly ControlClient _control;
    private readonly Func<Planet> _planet;

    private TestPlanet(Func<Planet> planet, IAsyncDisposable host) => (_planet, _host, _control) = (planet, host, new(planet().Ports));

    /// <summary>With the regions it has now; under Aspire, where none can join, with those it was started with.</summary>
    public Planet Planet => _planet();

    /// <summary>The application, with its notifications and commands; null for a planet without Aspire.</summary>
    public DistributedApplication? Application => (_host as AspireHost)?.Application;

    /// <summary>Where clients go.</summary>
    public Uri Router => new(PlanetPorts.Loopback(Planet.Ports.Router));

    /// <summary>The control API.</summary>
    public Uri Control => new(PlanetPorts.Loopback(Planet.Ports.Control));

    /// <summary>A region's Api, past the router.</summary>
    /// <exception cref="PlanetException">No such region.</exception>
    public Uri Geode(string region) => new(PlanetPorts.Loopback(Planet.Ports.Api(Planet.Region(region))));

    /// <summary>Somebody in that place, who talks to the router and keeps cookies.</summary>
    /// <param name="place">A city or a region that the router knows: <c>singapore</c>.</param>
    public HttpClient ClientIn(string place)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Router, Timeout = TimeSpan.FromMinutes(1) };
        client.DefaultRequestHeaders.Add(ClientHeader, place);
        return client;
    }

    /// <summary>A client of the region's replica and of no other, with all rights. The caller disposes of it.</summary>
    /// <param name="region">Of this planet.</param>
    /// <param name="options">Null: the SDK's own, over HTTP.</param>
    /// <exception cref="PlanetException">No such region.</exception>
    public CosmosClient Replica(string region, CosmosClientOptions? options = null)
    {
        options ??= new();
        options.ConnectionMode = ConnectionMode.Gateway;
        options.LimitToEndpoint = true;
        return new(PlanetPorts.Loopback(Planet.Ports.BackplaneRegional(Planet.Region(region))), PlanetEnvironment.EmulatorKey, options);
    }

    /// <summary>How each process is at this moment.</summary>
    public async Task<IReadOnlyList<ProcessSnapshot>> ProcessesAsync(CancellationToken cancellationToken = default) =>
        (await _control.PlanetAsync(cancellationToken)).AllProcesses;

    /// <summary>What happened lately, oldest first.</summary>
    public async Task<IReadOnlyList<PlanetEvent>> TimelineAsync(CancellationToken cancellationToken = default) =>
        (await _control.PlanetAsync(cancellationToken)).Events;

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _host.DisposeAsync();
    }
}
