using System.Net;
using System.Net.Sockets;
using Geode.Topology;

namespace Geode.Control.Ports;

/// <summary>Places for planets where nobody else listens.</summary>
public static class FreePorts
{
    private const int Attempts = 200;
    private const int Lowest = 20_000;

    // From here on systems take ports for outgoing connections, also between our look and the start.
    private const int Ephemeral = 32_000;

    // Below a planet's first port Aspire's dashboard has its own.
    private const int Below = 4;

    /// <summary>The same planet on ports that are free at this moment.</summary>
    /// <exception cref="PlanetException">There is no block of free ports.</exception>
    public static Planet Move(Planet planet)
    {
        // A planet with stamps reaches far beyond its base.
        var highest = Math.Max(Lowest, Ephemeral - new PlanetPorts(0).All(planet).Max());
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var moved = planet with { Ports = new PlanetPorts(Random.Shared.Next(Lowest, highest)) };
            if (moved.Ports.All(moved).Concat(Enumerable.Range(moved.Ports.Base - Below, Below)).All(IsFree))
                return moved;
        }
        throw new PlanetException($"No block of free ports for {planet.Regions.Count} regions between {Lowest} and {Ephemeral}.");
    }

    /// <summary>Whether nobody listens there on loopback.</summary>
    public static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
