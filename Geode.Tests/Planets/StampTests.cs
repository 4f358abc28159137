using Geode.Testing;
using Microsoft.Azure.Cosmos;

namespace Geode.Tests.Planets;

/// <summary>Stamps of real processes: what is written in one is in all of its replicas, and in nobody else's.</summary>
[Collection(StampedPlanetTests.Name)]
public sealed class StampTests(StampedPlanetFixture fixture)
{
    [Fact]
    public async Task What_is_written_in_a_stamp_stays_in_it()
    {
        var planet = fixture.Planet;
        using var europe = new PlanetClient(planet.Geode("northeurope"), place: null);
        using var america = new PlanetClient(planet.Geode("eastus"), place: null);
        var (ours, theirs) = (await europe.AskAsync("Where is this?"), await america.AskAsync("And this?"));

        await planet.ConvergedAsync();

        Assert.Equal([(1, 0), (1, 0), (0, 1)], await Task.WhenAll(planet.Planet.RegionNames.Select(async region => (await StoredAsync(region, ours), await StoredAsync(region, theirs)))));
    }

    [Fact]
    public async Task A_geode_knows_the_regions_of_its_stamp_alone()
    {
        using var europe = new PlanetClient(fixture.Planet.Geode("westeurope"), place: null);
        using var america = new PlanetClient(fixture.Planet.Geode("eastus"), place: null);

        Assert.Equal(["westeurope", "northeurope"], await KnownAsync(europe));
        Assert.Equal(["eastus"], await KnownAsync(america));
    }

    private static async Task<IEnumerable<string?>> KnownAsync(PlanetClient geode) =>
        (await geode.ReadAsync("/api/planet")).GetProperty("regions").EnumerateArray().Select(region => region.GetProperty("name").GetString());

    private async Task<int> StoredAsync(string region, string id)
    {
        using var client = fixture.Replica(region);
        var questions = client.GetContainer(fixture.Planet.Planet.Backplane.Database, "questions");
        var query = new QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE c.id = @id").WithParameter("@id", id);
        return (await questions.GetItemQueryIterator<int>(query).ReadNextAsync()).Single();
    }
}

/// <summary>Two stamps: one of two regions, whose data stays in the European Union, and one of one.</summary>
public sealed class StampedPlanetFixture() : OwnPlanetFixture(Options)
{
    internal static readonly TestPlanetOptions Options = new()
    {
        Regions = ["westeurope", "northeurope", "eastus"],
        Stamps = [new("eu", ["westeurope", "northeurope"]) { Residency = "EU" }, new("world", ["eastus"])],
    };
}

/// <inheritdoc cref="PlanetTests"/>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class StampedPlanetTests : ICollectionFixture<StampedPlanetFixture>
{
    public const string Name = "planet with stamps";
}
