using System.Globalization;
using Geode.Topology;
using Microsoft.Extensions.Configuration;

namespace Geode.Control.Terminal;

/// <summary>Which planet to run, and where it keeps what it stores.</summary>
/// <param name="Planet">Its ports must be free.</param>
/// <param name="Containers">What the replicas' database holds: JSON or a path, as <see cref="ContainerCatalog"/> reads it; null: nothing.</param>
/// <param name="DataFolder">Holds the replicas' data and, where there are files of them, the logs.</param>
/// <param name="Fresh">Delete what earlier planets stored in <paramref name="DataFolder"/>.</param>
/// <param name="Environment">What every process is told in addition.</param>
public sealed record PlanetChoice(
    Planet Planet, string? Containers, string DataFolder, bool Fresh, IReadOnlyDictionary<string, string> Environment)
{
    private const int MostGeodes = 254;
    private const string DefaultFolder = ".geode";

    /// <param name="command">What a person wants.</param>
    /// <param name="planetFile">The planet as its file describes it.</param>
    /// <param name="configuration">Lies over the file (<c>Geode:*</c>), and under the command line.</param>
    /// <exception cref="PlanetException">The planet's file or an option is wrong.</exception>
    public static PlanetChoice Of(CommandLine command, string planetFile, IConfiguration configuration)
    {
        var above = command.Over(configuration);
        var planet = PlanetLoader.Load(planetFile, above);
        if (command.Geodes is { } count)
            planet = Spread(planet, count);
        if (command.Regions is { } names)
            planet = Named("--regions", () => planet.WithRegions(names));
        if (command.Port is { } port)
            planet = planet with { Ports = new(CheckedPort(port, planet)) };
        return new(
            planet,
            ContainerSource.Of(above, planetFile),
            command.Data is { } data ? Folder(data) : Path.Combine(Path.GetDirectoryName(planetFile)!, DefaultFolder),
            command.Fresh,
            command.Overrides.ToDictionary(o => o.Key.Replace(":", "__", StringComparison.Ordinal), o => o.Value));
    }

    private static string Folder(string data) => string.IsNullOrWhiteSpace(data) || data.Contains('\0')
        ? throw new PlanetException("--data: the name of a folder is missing; leave the option out for .geode beside the planet's file.")
        : Path.GetFullPath(data);

    private static Planet Spread(Planet planet, int count) => count is >= 1 and <= MostGeodes
        ? Named("--geodes", () => planet.WithRegions(SpreadOut.Take(count)))
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
