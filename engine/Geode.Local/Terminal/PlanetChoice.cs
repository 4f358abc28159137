using System.Globalization;
using Geode.Topology;

namespace Geode.Local.Terminal;

/// <summary>From the command line to what to start.</summary>
internal static class PlanetChoice
{
    private const int MostGeodes = 254;

    /// <exception cref="PlanetException">The planet's file or an option is wrong.</exception>
    public static LocalPlanetOptions Options(CommandLine command, BuiltTree tree)
    {
        var planet = PlanetLoader.Load(tree.PlanetFile, command.Configuration);
        if (command.Geodes is { } count)
            planet = Spread(planet, count);
        if (command.Regions is { } names)
            planet = Named("--regions", () => planet.WithRegions(names));
        if (command.Port is { } port)
            planet = planet with { Ports = new(CheckedPort(port, planet)) };
        return new()
        {
            Planet = planet,
            Containers = ContainerSource.Of(command.Configuration, tree.PlanetFile),
            DataFolder = command.Data is { } data ? Path.GetFullPath(data) : Path.Combine(tree.Root, ".geode"),
            Fresh = command.Fresh,
            Dashboard = command.Dashboard,
            Environment = command.Overrides.ToDictionary(o => o.Key.Replace(":", "__", StringComparison.Ordinal), o => o.Value),
        };
    }

    private static Planet Spread(Planet planet, int count) => count is >= 1 and <= MostGeodes
        ? planet.WithRegions(SpreadOut.Take(count))
        : throw new PlanetException($"--geodes: {count.ToString(CultureInfo.InvariantCulture)} is not possible; allowed are 1 to {MostGeodes}.");

    private static Planet Named(string option, Func<Planet> change)
    {
        try
        {
            return change();
        }
        catch (PlanetException e)
        {
            throw new PlanetException($"{option}: {e.Message}", e);
        }
    }

    private static int CheckedPort(int port, Planet planet)
    {
        // One below the base is the control API's; privileged ports begin below 1024.
        var (lowest, highest) = (1025, 65_535 - (new PlanetPorts(0).All(planet).Max()));
        return port >= lowest && port <= highest
            ? port
            : throw new PlanetException($"--port: {port} is not possible; allowed are {lowest} to {highest} for {planet.Regions.Count} geodes.");
    }
}
