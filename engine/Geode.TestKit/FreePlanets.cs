using System.Net;
using System.Net.Sockets;
using Geode.Topology;

namespace Geode.TestKit;

/// <summary>Planets whose ports nobody else on this machine has.</summary>
public static class FreePlanets
{
    public static Planet On(int basePort, params string[] regions) =>
        PlanetLoader.Parse("""{"regions": ["westeurope"]}""", "test").WithRegions(regions) with { Ports = new(basePort) };

    public static Planet OnFreePorts(params string[] regions) => On(FreeBase(regions), regions);

    private static int FreeBase(string[] regions)
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var candidate = Random.Shared.Next(20_000, 30_000);
            if (On(candidate, regions) is var planet && planet.Ports.All(planet).All(IsFree))
                return candidate;
        }
        throw new InvalidOperationException("Found no free block of ports.");
    }

    private static bool IsFree(int port)
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
