using System.Net;
using System.Net.Sockets;
using Geode.Topology;

namespace Geode.Bench.Targets;

/// <summary>Ports nobody on this machine listens on, at least a moment ago.</summary>
internal static class FreePorts
{
    private const int Attempts = 200;

    // From here on systems take ports for outgoing connections, also between our look and the start.
    private const int Ephemeral = 32_000;

    public static int One()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The planet, moved to where all its ports are free.</summary>
    public static Planet Move(Planet planet)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var moved = planet with { Ports = new PlanetPorts(Random.Shared.Next(20_000, Ephemeral)) };
            if (moved.Ports.All(moved).All(IsFree)) return moved;
        }

        throw new BenchException($"No block of free ports for {planet.Regions.Count} regions found.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
