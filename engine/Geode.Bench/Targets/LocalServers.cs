using Geode.Topology;

namespace Geode.Bench.Targets;

/// <summary>Starts the servers of this solution, from what was built beside this program.</summary>
internal static class LocalServers
{
    public const string Backplane = "geode";
    public const string Null = "null";

    /// <summary>Our server, alone, as one region.</summary>
    /// <param name="folder">Its data folder.</param>
    /// <param name="durability"><c>batch</c> (a write is on disk before it is acknowledged) or <c>none</c>.</param>
    public static (ServerProcess Process, Target Target) StartBackplane(string folder, string durability)
    {
        var target = new Target(Backplane, FreeEndpoint(), PlanetEnvironment.EmulatorKey);
        string[] arguments = ["--urls", target.Endpoint.GetLeftPart(UriPartial.Authority), "--data", folder, "--durability", durability];
        return (ServerProcess.Start("Geode.Backplane", arguments), target);
    }

    /// <summary>The server that answers constants: the ceiling of what client, HTTP and machine allow.</summary>
    public static (ServerProcess Process, Target Target) StartNullServer()
    {
        var target = new Target(Null, FreeEndpoint(), PlanetEnvironment.EmulatorKey, KeepsData: false);
        string[] arguments = ["null-server", "--urls", target.Endpoint.GetLeftPart(UriPartial.Authority)];
        return (ServerProcess.Start("Geode.Bench", arguments), target);
    }

    private static Uri FreeEndpoint() => new(PlanetPorts.Loopback(FreePort.One()) + "/");
}
