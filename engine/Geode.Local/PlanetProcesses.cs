using System.Globalization;
using Geode.Control.Processes;
using Geode.Local.Processes;
using Geode.Topology;

namespace Geode.Local;

/// <summary>Which processes a planet consists of.</summary>
internal static class PlanetProcesses
{
    // Draining gives a router time to look elsewhere; here everything ends together.
    private const string DrainVariable = "Geode__DrainMs";

    /// <param name="options">What is to run.</param>
    /// <param name="tree">Where the executables are.</param>
    /// <param name="dataFolder">Replicas keep their data below it.</param>
    /// <exception cref="PlanetException">A project is not built, or the <c>aspire</c> command is wanted and missing.</exception>
    public static IReadOnlyList<ProcessSpec> Of(LocalPlanetOptions options, BuiltTree tree, string dataFolder)
    {
        var planet = options.Planet;
        var shared = Shared(options);
        List<ProcessSpec> specs = [];
        if (options.Dashboard)
            specs.Add(Dashboard.Spec());
        return [.. specs, .. planet.Regions.SelectMany(r => Geode(options, planet, r, tree, shared, dataFolder)), Router()];

        ProcessSpec Router() =>
            Spec(tree, shared, ProcessRole.Router, null, planet.Ports.Router, "/health/ready", PlanetEnvironment.ForRouter(planet)) with
            {
                Health = new(PlanetPorts.Loopback(planet.Ports.RouterAdmin) + "/health/ready"),
            };
    }

    /// <summary>The processes of a region that joins a planet which runs.</summary>
    /// <param name="planet">With that region.</param>
    /// <param name="version">How often the planet's regions have changed.</param>
    public static IReadOnlyList<ProcessSpec> Of(LocalPlanetOptions options, BuiltTree tree, string dataFolder, Planet planet, Region region, long version)
    {
        var shared = Shared(options);
        shared[PlanetEnvironment.Version] = version.ToString(CultureInfo.InvariantCulture);
        return [.. Geode(options, planet, region, tree, shared, dataFolder)];
    }

    private static Dictionary<string, string> Shared(LocalPlanetOptions options)
    {
        var shared = new Dictionary<string, string>(options.Environment) { ["DOTNET_ROOT"] = BuiltTree.DotnetRoot };
        shared.TryAdd(DrainVariable, "0");
        if (options.Dashboard)
            shared[Dashboard.ExporterVariable] = Dashboard.Exporter;
        return shared;
    }

    private static IEnumerable<ProcessSpec> Geode(
        LocalPlanetOptions options, Planet planet, Region region, BuiltTree tree, Dictionary<string, string> shared, string dataFolder)
    {
        var data = Path.Combine(dataFolder, DataFolder.Replicas, region.Name);
        var (account, api, worker) = (planet.Ports.BackplaneAccount(region), planet.Ports.Api(region), planet.Ports.Worker(region));
        yield return Spec(tree, shared, ProcessRole.Backplane, region, account, "/_backplane/health",
            PlanetEnvironment.ForBackplane(planet, region, data, options.Containers), "--region", region.Name);
        yield return Spec(tree, shared, ProcessRole.Api, region, api, "/health/ready",
            new Dictionary<string, string>(PlanetEnvironment.ForApi(planet, region)) { [PlanetEnvironment.Control] = PlanetPorts.Loopback(planet.Ports.Control) });
        yield return Spec(tree, shared, ProcessRole.Worker, region, worker, "/health/ready", PlanetEnvironment.ForWorker(planet, region));
    }

    private static ProcessSpec Spec(
        BuiltTree tree, Dictionary<string, string> shared, ProcessRole role, Region? region, int port, string health,
        IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var name = role.ToString().ToLowerInvariant() + (region is null ? "" : "-" + region.Name);
        return new(
            name, role, region?.Name, [.. tree.Command(role), .. arguments], port,
            new(PlanetPorts.Loopback(port) + health), Merge(shared, environment))
        {
            Folder = tree.ProjectFolder(role),
        };
    }

    private static Dictionary<string, string> Merge(Dictionary<string, string> shared, IReadOnlyDictionary<string, string> own)
    {
        var merged = new Dictionary<string, string>(shared);
        foreach (var (name, value) in own)
            merged[name] = value;
        return merged;
    }
}
