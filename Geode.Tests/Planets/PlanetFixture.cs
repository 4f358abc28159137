using Geode.Local;
using Geode.Tests.Local;

namespace Geode.Tests.Planets;

/// <summary>One planet of real processes on free ports, shared by the tests of a class collection. Three regions, data on disk.</summary>
public sealed class PlanetFixture : IAsyncLifetime
{
    public static readonly string[] Regions = ["westeurope", "eastus", "southeastasia"];

    private LocalPlanet? _planet;

    public LocalPlanet Planet => _planet ?? throw new InvalidOperationException("The planet has not started.");

    public PlanetControl Control { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _planet = await LocalPlanet.StartAsync(new LocalPlanetOptions
        {
            Planet = TestPlanets.OnFreePorts(Regions),
            StartLimit = TimeSpan.FromMinutes(3),
        });
        Control = new PlanetControl(_planet.Control);
    }

    public async Task DisposeAsync()
    {
        Control?.Dispose();
        if (_planet is not null)
            await _planet.DisposeAsync();
    }
}

/// <summary>Tests that share the planet run one after the other: each may break it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PlanetTests : ICollectionFixture<PlanetFixture>
{
    public const string Name = "planet";
}
