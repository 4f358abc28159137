using Geode.Testing;

namespace Geode.Tests.Planets;

/// <summary>A planet of real processes whose trainer looks all the time. A test may lose it.</summary>
public sealed class PersonalPlanetFixture() : OwnPlanetFixture(Options)
{
    /// <summary>Of the planet.</summary>
    internal static readonly TestPlanetOptions Options = new()
    {
        Regions = PlanetFixture.Regions,
        Configuration = new Dictionary<string, string> { ["Geode:Steward:Mode"] = "observe" },
        Environment = new Dictionary<string, string>
        {
            ["Geode__Personal__EverySeconds"] = "0.5",
            ["Geode__Personal__NewDeeds"] = "20",
        },
    };
}

/// <inheritdoc cref="PlanetTests"/>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PersonalPlanetTests : ICollectionFixture<PersonalPlanetFixture>
{
    public const string Name = "planet that learns";
}
