using Geode.Control;
using Geode.Control.Processes;
using Geode.Local.Processes;
using Geode.Topology;

namespace Geode.Local;

/// <summary>Which processes a planet consists of, as this tree's builds.</summary>
internal static class PlanetProcesses
{
    /// <param name="options">What is to run.</param>
    /// <param name="tree">Where the executables are.</param>
    /// <param name="data">Where the planet keeps what it stores.</param>
    /// <exception cref="PlanetException">A project is not built.</exception>
    public static IReadOnlyList<ProcessSpec> Of(LocalPlanetOptions options, BuiltTree tree, DataFolder data)
    {
        var planet = options.Planet;
        return
        [
            .. planet.Regions.SelectMany(r => Of(options, tree, data, planet, r, version: null)),
            Spec(options, tree, PlanetMember.Router(planet, data.Planet, options.Environment)),
        ];
    }

    /// <summary>Those of one region.</summary>
    /// <param name="version">Of a region that joins a planet which runs: how often the planet's regions have changed.</param>
    public static IReadOnlyList<ProcessSpec> Of(
        LocalPlanetOptions options, BuiltTree tree, DataFolder data, Planet planet, Region region, long? version) =>
    [
        Spec(options, tree, PlanetMember.Replica(planet, region, options.Containers, data.Path, options.Environment, version)),
        .. region.ZoneNumbers.SelectMany(zone => (ProcessSpec[])
        [
            Spec(options, tree, PlanetMember.Api(planet, region, options.Environment, version, zone)),
            Spec(options, tree, PlanetMember.Worker(planet, region, options.Environment, version, zone)),
        ]),
    ];

    /// <summary>One instance more of a geode's Api.</summary>
    public static ProcessSpec Of(LocalPlanetOptions options, BuiltTree tree, Planet planet, Region region, int instance) =>
        Spec(options, tree, PlanetMember.Api(planet, region, options.Environment, instance: instance));

    private static ProcessSpec Spec(LocalPlanetOptions options, BuiltTree tree, PlanetMember member) => new(
        member.Name, member.Role, member.Region?.Name, [.. options.Programs.GetValueOrDefault(member.Role) ?? tree.Command(member.Role), .. member.Arguments], member.Port, member.Health, member.Environment)
    {
        Folder = options.Programs.ContainsKey(member.Role) ? null : tree.ProjectFolder(member.Role),
        Instance = member.Instance,
    };
}
