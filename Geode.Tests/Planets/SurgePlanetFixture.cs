using Geode.Testing;

namespace Geode.Tests.Planets;

/// <summary>A planet whose steward acts, and whose geodes get more instances for little load. A test may lose the steward of it.</summary>
public sealed class SurgePlanetFixture() : OwnPlanetFixture(Options)
{
    private static readonly TestPlanetOptions Options = new()
    {
        Regions = PlanetFixture.Regions,
        Configuration = new Dictionary<string, string>
        {
            ["Geode:Steward:Mode"] = "act",
            ["Geode:Scale:ConcurrentRequests"] = "5",
            ["Geode:Scale:PollSeconds"] = "1",
            ["Geode:Scale:LocalMost"] = "2",
        },
    };
}

/// <inheritdoc cref="PlanetTests"/>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SurgePlanetTests : ICollectionFixture<SurgePlanetFixture>
{
    public const string Name = "planet in a surge";
}
