using Geode.Service.Backplane;
using Geode.Testing;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Tests.Planets;

/// <summary>One planet of real processes on free ports, run by Aspire, shared by the tests of a class collection. Three regions, data on
/// disk.</summary>
public class PlanetFixture : IAsyncLifetime
{
    public static readonly string[] Regions = ["westeurope", "eastus", "southeastasia"];

    private readonly HttpClient _http = new();
    private TestPlanet? _planet;

    public TestPlanet Planet => _planet ?? throw new InvalidOperationException("The planet has not started.");

    /// <summary>What the processes export: the traces that a test began itself, and no others.</summary>
    internal OtlpCollector Telemetry { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Telemetry = await OtlpCollector.StartAsync();
        _planet = await StartAsync(new()
        {
            Regions = Regions,
            // What a test breaks is the test's to mend; those of the steward let it act.
            Configuration = new Dictionary<string, string> { ["Geode:Steward:Mode"] = "observe" },
            Environment = new Dictionary<string, string>(Telemetry.Environment)
            {
                // As where a router has to notice that a geode is about to end.
                ["Geode__DrainMs"] = "1500",
            },
        });
    }

    protected virtual Task<TestPlanet> StartAsync(TestPlanetOptions options) => TestPlanet.StartAsync<Projects.Geode_AppHost>(options);

    public async Task DisposeAsync()
    {
        _http.Dispose();
        if (_planet is not null)
            await _planet.DisposeAsync();
        await Telemetry.DisposeAsync();
    }

    /// <summary>A region's Api, past the router.</summary>
    public Uri Geode(string region) => Planet.Geode(region);

    /// <summary>A region's replica and no other, as the account's owner sees it.</summary>
    public CosmosClient Replica(string region) => Planet.Replica(region, new() { UseSystemTextJsonSerializerWithOptions = BackplaneJson.Options });

    /// <summary>What the router thinks of the geodes, as JSON.</summary>
    public Task<string> OriginsAsync() => _http.GetStringAsync(PlanetPorts.Loopback(Planet.Planet.Ports.RouterAdmin) + "/_router/origins");

    /// <summary>Makes whole what a test broke: every process runs, every link is up, and the router sends to every geode.</summary>
    public async Task MendAsync()
    {
        foreach (var region in Regions)
        {
            await Planet.ReviveAsync(region);
            await Planet.OutageAsync(region, "none");
        }

        await Planet.HealAsync();
        await Planet.HealthyAsync();
    }
}

/// <summary>Tests that share the planet run one after the other: each may break it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PlanetTests : ICollectionFixture<PlanetFixture>
{
    public const string Name = "planet";
}

/// <summary>The same planet as child processes of the tests: there regions come and go.</summary>
public sealed class LocalPlanetFixture : PlanetFixture
{
    protected override Task<TestPlanet> StartAsync(TestPlanetOptions options) => TestPlanet.StartLocalAsync(options);
}

/// <inheritdoc cref="PlanetTests"/>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LocalPlanetTests : ICollectionFixture<LocalPlanetFixture>
{
    public const string Name = "local planet";
}

/// <summary>A test that finds the planet whole and leaves it so.</summary>
[Collection(PlanetTests.Name)]
public abstract class PlanetTest(PlanetFixture fixture) : IAsyncLifetime
{
    protected PlanetFixture Fixture => fixture;

    protected TestPlanet Planet => fixture.Planet;

    public Task InitializeAsync() => fixture.MendAsync();

    public Task DisposeAsync() => fixture.MendAsync();

    /// <summary>Someone who talks to the router; where from is said with each request.</summary>
    protected PlanetClient Visitor() => new(fixture.Planet.Router, place: null);
}
