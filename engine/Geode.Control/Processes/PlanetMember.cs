using System.Globalization;
using Geode.Topology;

namespace Geode.Control.Processes;

/// <summary>One process that a planet consists of, and what it is started with, whoever starts it.</summary>
/// <param name="Name">Unique on the planet: <c>api-westeurope</c>, <c>router</c>.</param>
/// <param name="Region">Null for the router.</param>
/// <param name="Port">Where it answers; what tables and the control API show.</param>
/// <param name="Health">Success here means healthy.</param>
/// <param name="Arguments">Of its command line.</param>
public sealed record PlanetMember(
    string Name,
    ProcessRole Role,
    Region? Region,
    int Port,
    Uri Health,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<string> Arguments)
{
    // Draining gives a router time to look elsewhere; here everything ends together.
    private const string DrainVariable = "Geode__DrainMs";

    /// <summary>A region's replica. Its data is in a folder of its own.</summary>
    /// <param name="environment">On top of what it needs; this may say otherwise where there is a default.</param>
    public static PlanetMember Replica(
        Planet planet, Region region, string? containers, string dataFolder, IReadOnlyDictionary<string, string> environment, long? version = null)
    {
        var data = DataFolder.ReplicaFolder(dataFolder, region.Name);
        var own = new Dictionary<string, string>(PlanetEnvironment.ForBackplane(planet, region, data, containers));
        Joining(own, version);
        return Of(ProcessRole.Backplane, region, planet.Ports.BackplaneAccount(region), "/_backplane/health", own, environment) with { Arguments = ["--region", region.Name] };
    }

    /// <summary>Of a geode's Api, its number from 1; of a Worker, that of its zone.</summary>
    public int Instance { get; init; } = 1;

    /// <summary>Whether it is there from the start: one of each in each zone is.</summary>
    public bool IsFirst => Instance <= (Region?.Zones ?? 1);

    /// <summary>A region's Api. Its page may break the planet: it is told where the control API is.</summary>
    public static PlanetMember Api(Planet planet, Region region, IReadOnlyDictionary<string, string> environment, long? version = null, int instance = 1)
    {
        var own = new Dictionary<string, string>(PlanetEnvironment.ForApi(planet, region, instance))
        {
            [PlanetEnvironment.Control] = PlanetPorts.Loopback(planet.Ports.Control),
        };
        Joining(own, version);
        return Numbered(Of(ProcessRole.Api, region, planet.Ports.Api(region, instance), "/health/ready", own, environment), instance);
    }

    /// <summary>A region's Worker, or that of one of its zones. It has the control API do what plans say.</summary>
    public static PlanetMember Worker(Planet planet, Region region, IReadOnlyDictionary<string, string> environment, long? version = null, int zone = 1)
    {
        var own = new Dictionary<string, string>(PlanetEnvironment.ForWorker(planet, region, zone))
        {
            [PlanetEnvironment.Control] = PlanetPorts.Loopback(planet.Ports.Control),
        };
        Joining(own, version);
        return Numbered(Of(ProcessRole.Worker, region, planet.Ports.Worker(region, zone), "/health/ready", own, environment), zone);
    }

    /// <param name="planetFile">Where the planet is kept as it is now: the router reads its origins there again when regions come or go.
    /// Null: it keeps to those it starts with.</param>
    public static PlanetMember Router(Planet planet, string? planetFile, IReadOnlyDictionary<string, string> environment)
    {
        var own = new Dictionary<string, string>(PlanetEnvironment.ForRouter(planet))
        {
            [PlanetEnvironment.Wake] = PlanetPorts.Loopback(planet.Ports.Control),
        };
        if (planetFile is not null)
            (own[PlanetEnvironment.Planet], own[PlanetEnvironment.PlanetAsItIs]) = (planetFile, "true");
        return Of(ProcessRole.Router, null, planet.Ports.Router, "/health/ready", own, environment) with
        {
            Health = new(PlanetPorts.Loopback(planet.Ports.RouterAdmin) + "/health/ready"),
        };
    }

    private static PlanetMember Numbered(PlanetMember member, int number) =>
        number == 1 ? member : member with { Name = $"{member.Name}-{number.ToString(CultureInfo.InvariantCulture)}", Instance = number };

    private static void Joining(Dictionary<string, string> own, long? version)
    {
        if (version is { } changes)
            own[PlanetEnvironment.Version] = changes.ToString(CultureInfo.InvariantCulture);
    }

    private static PlanetMember Of(
        ProcessRole role, Region? region, int port, string health, Dictionary<string, string> own, IReadOnlyDictionary<string, string> environment)
    {
        var all = new Dictionary<string, string> { ["DOTNET_ROOT"] = DotnetRoot.Path, [DrainVariable] = "0" };
        foreach (var (name, value) in environment.Concat(own))
            all[name] = value;
        return new(
            role.ToString().ToLowerInvariant() + (region is null ? "" : "-" + region.Name), role, region, port,
            new(PlanetPorts.Loopback(port) + health), all, []);
    }
}
