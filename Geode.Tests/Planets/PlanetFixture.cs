using Geode.Local;
using Geode.Service.Backplane;
using Geode.TestKit;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Tests.Planets;

/// <summary>One planet of real processes on free ports, shared by the tests of a class collection. Three regions, data on disk.</summary>
public sealed class PlanetFixture : IAsyncLifetime
{
    public static readonly string[] Regions = ["westeurope", "eastus", "southeastasia"];

    private readonly HttpClient _http = new();
    private LocalPlanet? _planet;

    public LocalPlanet Planet => _planet ?? throw new InvalidOperationException("The planet has not started.");

    public PlanetControl Control { get; private set; } = null!;

    /// <summary>What the processes export: the traces that a test began itself, and no others.</summary>
    internal OtlpCollector Telemetry { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Telemetry = await OtlpCollector.StartAsync();
        _planet = await LocalPlanet.StartAsync(new LocalPlanetOptions
        {
            Planet = FreePlanets.OnFreePorts(Regions),
            StartLimit = TimeSpan.FromMinutes(3),
            Environment = new Dictionary<string, string>(Telemetry.Environment)
            {
                // As where a router has to notice that a geode is about to end.
                ["Geode__DrainMs"] = "1500",
            },
        });
        Control = new PlanetControl(_planet.Control);
    }

    public async Task DisposeAsync()
    {
        Control?.Dispose();
        _http.Dispose();
        if (_planet is not null)
            await _planet.DisposeAsync();
        await Telemetry.DisposeAsync();
    }

    /// <summary>A region's Api, past the router.</summary>
    public Uri Geode(string region) => new(PlanetPorts.Loopback(Planet.Planet.Ports.Api(Planet.Planet.Region(region))));

    /// <summary>A region's replica and no other, as the account's owner sees it.</summary>
    public CosmosClient Replica(string region) => new(
        PlanetPorts.Loopback(Planet.Planet.Ports.BackplaneRegional(Planet.Planet.Region(region))),
        PlanetEnvironment.EmulatorKey,
        new() { ConnectionMode = ConnectionMode.Gateway, LimitToEndpoint = true, UseSystemTextJsonSerializerWithOptions = BackplaneJson.Options });

    /// <summary>What the router thinks of the geodes, as JSON.</summary>
    public Task<string> OriginsAsync() => _http.GetStringAsync(PlanetPorts.Loopback(Planet.Planet.Ports.RouterAdmin) + "/_router/origins");

    /// <summary>Makes whole what a test broke: every process runs, every link is up, and the router sends to every geode.</summary>
    public async Task MendAsync()
    {
        foreach (var region in Regions)
        {
            await Control.ReviveAsync(region);
            await Control.OutageAsync(region, "none");
        }

        await Control.HealAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                using var report = System.Text.Json.JsonDocument.Parse(await OriginsAsync());
                return report.RootElement.EnumerateArray().All(origin => origin.GetProperty("state").GetString() is "healthy" or "degraded");
            },
            () => "The router never found all geodes well.");
    }
}

/// <summary>Tests that share the planet run one after the other: each may break it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PlanetTests : ICollectionFixture<PlanetFixture>
{
    public const string Name = "planet";
}

/// <summary>A test that finds the planet whole and leaves it so.</summary>
[Collection(PlanetTests.Name)]
public abstract class PlanetTest(PlanetFixture fixture) : IAsyncLifetime
{
    protected PlanetFixture Fixture => fixture;

    protected PlanetControl Control => fixture.Control;

    public Task InitializeAsync() => fixture.MendAsync();

    public Task DisposeAsync() => fixture.MendAsync();

    /// <summary>Someone who talks to the router; where from is said with each request.</summary>
    protected PlanetClient Visitor() => new(fixture.Planet.Router, place: null);
}
