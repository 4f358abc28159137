using Geode.Service.Backplane;
using Geode.Testing;
using Microsoft.Azure.Cosmos;

namespace Geode.Tests.Planets;

/// <summary>A planet of real processes with settings of its own.</summary>
public abstract class OwnPlanetFixture(TestPlanetOptions options) : IAsyncLifetime
{
    private TestPlanet? _planet;

    public TestPlanet Planet => _planet ?? throw new InvalidOperationException("The planet has not started.");

    /// <summary>A region's replica and no other, as the account's owner sees it.</summary>
    public CosmosClient Replica(string region) => Planet.Replica(region, new() { UseSystemTextJsonSerializerWithOptions = BackplaneJson.Options });

    public async Task InitializeAsync() => _planet = await TestPlanet.StartLocalAsync(options);

    public async Task DisposeAsync()
    {
        if (_planet is not null)
            await _planet.DisposeAsync();
    }
}
