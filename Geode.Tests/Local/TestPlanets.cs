using System.Net;
using System.Net.Sockets;
using Geode.Local;
using Geode.Local.Processes;
using Geode.Topology;

namespace Geode.Tests.Local;

/// <summary>Small planets on free ports, with shell processes in place of the real ones.</summary>
internal static class TestPlanets
{
    /// <summary>Runs until it is told to end.</summary>
    public const string Forever = "exec sleep 1000";

    public static Planet On(int basePort, params string[] regions) =>
        PlanetLoader.Parse("""{"regions": ["westeurope"]}""", "test").WithRegions(regions) with { Ports = new(basePort) };

    public static Planet OnFreePorts(params string[] regions) => On(FreeBase(regions), regions);

    /// <summary>One process per role and region, each running the shell script for its name.</summary>
    public static IReadOnlyList<ProcessSpec> Scripts(Planet planet, Func<string, string> script, Func<string, Uri?>? health = null)
    {
        return
        [
            .. planet.Regions.SelectMany(r => (ProcessSpec[])
            [
                Spec(ProcessRole.Backplane, r.Name, planet.Ports.BackplaneAccount(r)),
                Spec(ProcessRole.Api, r.Name, planet.Ports.Api(r)),
                Spec(ProcessRole.Worker, r.Name, planet.Ports.Worker(r)),
            ]),
            Spec(ProcessRole.Router, null, planet.Ports.Router),
        ];

        ProcessSpec Spec(ProcessRole role, string? region, int port)
        {
            var name = role.ToString().ToLowerInvariant() + (region is null ? "" : "-" + region);
            return new(name, role, region, ["/bin/sh", "-c", script(name)], port, health?.Invoke(name), new Dictionary<string, string>());
        }
    }

    public static async Task<LocalPlanet> StartAsync(
        Planet planet, Recorder? recorder = null, Func<string, string>? script = null, Func<string, Uri?>? health = null, string? data = null)
    {
        var options = new LocalPlanetOptions
        {
            Planet = planet,
            DataFolder = data,
            StartLimit = TimeSpan.FromSeconds(30),
            OnEvent = recorder is null ? null : recorder.Add,
            OnLog = recorder is null ? null : recorder.Add,
        };
        return await LocalPlanet.StartAsync(options, _ => Scripts(planet, script ?? (_ => Forever), health));
    }

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
