using Geode.Backplane.Accounts;
using Geode.Backplane.Storage.Items;
using Geode.Topology;

namespace Geode.Backplane.Hosting;

/// <summary>What a process is told where there are stamps: <c>Geode:WholePlanet</c> and <c>Geode:Directory</c>.</summary>
internal static class StampsOptions
{
    private const string WholePlanet = "Geode:WholePlanet";
    private const string Directory = "Geode:Directory";

    /// <summary>The planet with all its stamps; null where there are none.</summary>
    /// <exception cref="PlanetException">It is no planet, or a served region is in none of its stamps.</exception>
    public static Planet? WholePlanetOf(IConfiguration configuration, IReadOnlyList<Region> served)
    {
        if (configuration[WholePlanet] is not { Length: > 0 } json || PlanetLoader.Parse(json, WholePlanet) is not { Stamps.Count: > 0 } whole)
            return null;
        return served.FirstOrDefault(r => whole.StampOf(r) is null) is { } stray
            ? throw new PlanetException($"{WholePlanet}: region '{stray.Name}' is in no stamp; allowed are {string.Join(", ", whole.RegionNames)}.")
            : whole;
    }

    /// <summary>The account's containers, and where there are stamps that of the charters, which is the engine's own.</summary>
    /// <exception cref="PlanetException">There is one of that name, and it is another.</exception>
    public static IReadOnlyList<ContainerDefinition> WithCharters(BackplaneOptions account)
    {
        if (account.WholePlanet is null || account.Containers.Count == 0)
            return account.Containers;
        if (account.Containers.FirstOrDefault(c => c.Name == TenantGuard.Charters) is not { } given)
            return [.. account.Containers, new(TenantGuard.Charters, ["/id"], Conflicts: new(Path: "/revision"))];
        return given.PartitionKey is ["/id"] ? account.Containers : throw new PlanetException(
            $"containers.json: container '{TenantGuard.Charters}' is the engine's where there are stamps; leave it out, or give it the partition key /id.");
    }

    /// <summary>The directory in the regions of that account: one container, and everything else alike. Null: none is to be served.</summary>
    /// <exception cref="PlanetException">It is no planet, or has not all the regions.</exception>
    public static BackplaneOptions? DirectoryOf(IConfiguration configuration, BackplaneOptions account)
    {
        if (configuration[Directory] is not { Length: > 0 } json)
            return null;
        var planet = PlanetLoader.Parse(json, Directory);
        var hosts = RegionHosts.For(planet);
        IReadOnlyList<Region> served = [.. account.Regions.Select(r => planet.Find(r.Name)
            ?? throw new PlanetException($"{Directory}: there is no region '{r.Name}', which is served here; allowed are {string.Join(", ", planet.RegionNames)}."))];
        return account with
        {
            Planet = planet,
            Regions = served,
            Listen = served.ToDictionary(r => r, r => BackplaneOptions.PortsOf(planet, r, hosts)),
            Partitions = 1,
            Hosts = hosts,
            Containers = [new ContainerDefinition(TenantGuard.Charters, ["/id"])],
            // A charter is what a stamp has; here every tenant is listed, whichever its stamp.
            WholePlanet = null,
            IsDirectory = true,
        };
    }
}
