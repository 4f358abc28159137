using Geode.Tests.Azure.Bicep;

namespace Geode.Tests.Azure;

/// <summary>Everything that two, three and seven regions become, by name.</summary>
public sealed class ExpansionTests
{
    private const string OneContainer = """{ "containers": [{ "name": "items", "partitionKey": ["/id"] }] }""";

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Makes_what_was_agreed(int regions)
    {
        var sources = Sources.OfRepository.With("containers.json", OneContainer).WithRegions(Planets.Seven.Take(regions));

        var made = Made(sources);

        Assert.Equal(Sources.OfRepository.Read($"Geode.Tests/Azure/Golden/regions-{regions}.txt"), made);
    }

    [Fact]
    public void Takes_regions_as_names_and_as_objects()
    {
        var objects = Sources.OfRepository.WithPlanet(
            """{ "regions": [{ "name": "westeurope" }, { "name": "eastus", "weight": 10, "latitude": 37.4, "longitude": -79.8 }] }""");

        Assert.Equal(Made(Sources.OfRepository.WithRegions("westeurope", "eastus")), Made(objects));
    }

    [Fact]
    public void Does_not_make_a_planet_of_one_region()
    {
        var error = Assert.Throws<BicepException>(() => Azd.Up(Sources.OfRepository.WithRegions("westeurope")));

        Assert.Contains("'regions'", error.Message);
        Assert.Contains("@minLength", error.Message);
    }

    [Fact]
    public void Does_not_make_a_region_that_Azure_does_not_have()
    {
        var error = Assert.Throws<BicepException>(() => Azd.Up(Sources.OfRepository.WithRegions("westeurope", "atlantis")));

        Assert.Contains("atlantis", error.Message);
    }

    private static string Made(Sources sources) =>
        string.Join('\n', Azd.Up(sources).Resources.Select(r => r.ToString()).Order(StringComparer.Ordinal)) + "\n";
}
