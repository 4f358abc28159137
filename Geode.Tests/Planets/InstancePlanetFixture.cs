using Geode.Testing;

namespace Geode.Tests.Planets;

/// <summary>A planet whose geodes get more instances soon, and fewer soon after: one of them goes to sleep when nobody asks it.</summary>
public sealed class InstancePlanetFixture() : OwnPlanetFixture(Options)
{
    /// <summary>Has one to three instances.</summary>
    public const string Elastic = "westeurope";

    /// <summary>Has none while it is idle.</summary>
    public const string Sleeper = "eastus";

    private static readonly TestPlanetOptions Options = new()
    {
        Configuration = new Dictionary<string, string>
        {
            ["Geode:Regions"] = $"{Elastic},{Sleeper}",
            ["Geode:Regions:1:MinReplicas"] = "0",
            ["Geode:Scale:ConcurrentRequests"] = "5",
            ["Geode:Scale:PollSeconds"] = "1",
            ["Geode:Scale:CooldownSeconds"] = "5",
            ["Geode:Scale:LocalMost"] = "3",
        },
    };
}

/// <inheritdoc cref="PlanetTests"/>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class InstancePlanetTests : ICollectionFixture<InstancePlanetFixture>
{
    public const string Name = "planet of instances";
}
