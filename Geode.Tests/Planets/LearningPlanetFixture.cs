using Geode.Testing;

namespace Geode.Tests.Planets;

/// <summary>A planet that soon learns what visitors like.</summary>
public sealed class LearningPlanetFixture : PlanetFixture
{
    protected override Task<TestPlanet> StartAsync(TestPlanetOptions options) => TestPlanet.StartLocalAsync(options with
    {
        Environment = new Dictionary<string, string>(options.Environment) { ["Geode__Personal__EverySeconds"] = "1" },
    });
}

/// <inheritdoc cref="PlanetTests"/>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LearningPlanetTests : ICollectionFixture<LearningPlanetFixture>
{
    public const string Name = "learning planet";
}
