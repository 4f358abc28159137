using Geode.Topology;

namespace Geode.Control.Ports;

/// <summary>Says before anything is started that a port of the planet is taken, instead of letting a process fail on it.</summary>
public static class PortCheck
{
    /// <exception cref="PlanetException">Which port, what for, who has it, and how to move the planet.</exception>
    public static void EnsureFree(Planet planet)
    {
        foreach (var (port, use) in Uses(planet))
        {
            if (!FreePorts.IsFree(port))
                throw Taken(port, use, $"--port moves all ports of the planet; now it starts at {planet.Ports.Base}.");
        }
    }

    /// <exception cref="PlanetException">A port of that region is taken.</exception>
    public static void EnsureFree(Planet planet, Region region)
    {
        foreach (var (port, use) in Uses(planet).Where(u => u.Use.EndsWith($" {region.Name}", StringComparison.Ordinal)))
        {
            if (!FreePorts.IsFree(port))
                throw Taken(port, use, "Its number follows from the region's place in the planet; end what uses it.");
        }
    }

    public static IEnumerable<(int Port, string Use)> Uses(Planet planet)
    {
        var ports = planet.Ports;
        yield return (ports.Control, "planet control");
        yield return (ports.Router, "router");
        yield return (ports.RouterAdmin, "router admin");
        foreach (var region in planet.Regions)
        {
            yield return (ports.Api(region), $"Api of {region.Name}");
            for (var zone = 2; zone <= region.Zones; zone++)
            {
                yield return (ports.Api(region, zone), $"Api of zone {zone} of {region.Name}");
                yield return (ports.Worker(region, zone), $"Worker of zone {zone} of {region.Name}");
            }
            yield return (ports.Worker(region), $"Worker of {region.Name}");
            yield return (ports.BackplaneRegional(region), $"regional endpoint of the backplane in {region.Name}");
            yield return (ports.BackplaneAccount(region), $"account endpoint of the backplane in {region.Name}");
            if (planet.Stamps.Count == 0)
                continue;
            yield return (ports.BackplaneRegional(region.InDirectory()), $"regional endpoint of the directory of tenants in {region.Name}");
            yield return (ports.BackplaneAccount(region.InDirectory()), $"account endpoint of the directory of tenants in {region.Name}");
        }
    }

    private static PlanetException Taken(int port, string use, string remedy)
    {
        var by = PortOwner.Of(port) is { } owner ? $" by {owner.Name} (pid {owner.Pid})" : "";
        return new($"Port {port} ({use}) is taken{by}. {remedy}");
    }
}
