using Geode.Service.Backplane;
using Geode.Testing;
using Microsoft.Azure.Cosmos;

namespace Geode.Tests.Planets;

/// <summary>A planet of real processes whose trainer looks all the time. A test may lose it.</summary>
public sealed class PersonalPlanetFixture : IAsyncLifetime
{
    private TestPlanet? _planet;

    public TestPlanet Planet => _planet ?? throw new InvalidOperationException("The planet has not started.");

    public async Task InitializeAsync() => _planet = await TestPlanet.StartLocalAsync(new()
    {
        Regions = PlanetFixture.Regions,
        Configuration = new Dictionary<string, string> { ["Geode:Steward:Mode"] = "observe" },
        Environment = new Dictionary<string, string>
        {
            ["Geode__Personal__EverySeconds"] = "0.5",
            ["Geode__Personal__NewDeeds"] = "20",
        },
    });

    /// <summary>A region's replica and no other, as the account's owner sees it.</summary>
    public CosmosClient Replica(string region) => Planet.Replica(region, new() { UseSystemTextJsonSerializerWithOptions = BackplaneJson.Options });

    public async Task DisposeAsync()
    {
        if (_planet is not null)
            await _planet.DisposeAsync();
    }
}

/// <inheritdoc cref="PlanetTests"/>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PersonalPlanetTests : ICollectionFixture<PersonalPlanetFixture>
{
    public const string Name = "planet that learns";
}
