using Geode.Control.Processes;
using Geode.Local;
using Geode.Local.Processes;
using Geode.Topology;

namespace Geode.Local.Tests;

/// <summary>Small planets, with shell processes in place of the real ones.</summary>
internal static class TestPlanets
{
    /// <summary>Runs until it is told to end.</summary>
    public const string Forever = "exec sleep 1000";

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
        return await LocalPlanet.StartAsync(options, _ => Scripts(planet, script ?? (_ => Forever), health), more: _ => new((_, _, _) => [], Instance));

        ProcessSpec Instance(Planet now, Region region, int instance)
        {
            var name = $"api-{region.Name}-{instance}";
            return new(name, ProcessRole.Api, region.Name, ["/bin/sh", "-c", (script ?? (_ => Forever))(name)], now.Ports.Api(region, instance), health?.Invoke(name), new Dictionary<string, string>())
            {
                Instance = instance,
            };
        }
    }
}
