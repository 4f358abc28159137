using System.Net;
using System.Net.Sockets;

namespace Geode.Bench.Targets;

/// <summary>Ports nobody on this machine listens on, at least a moment ago.</summary>
internal static class FreePort
{
    public static int One()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
