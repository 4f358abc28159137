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
            return Script(name, role, region, port, script, health);
        }
    }

    public static async Task<LocalPlanet> StartAsync(
        Planet planet, Recorder? recorder = null, Func<string, string>? script = null, Func<string, Uri?>? health = null, string? data = null)
    {
        var options = new LocalPlanetOptions
        {
            Planet = planet,
            DataFolder = data,
            StartLimit = TimeSpan.FromMinutes(3),
            OnEvent = recorder is null ? null : recorder.Add,
            OnLog = recorder is null ? null : recorder.Add,
        };
        var run = script ?? (_ => Forever);
        return await LocalPlanet.StartAsync(options, _ => Scripts(planet, run, health), more: _ => new((_, _, _) => [], Instance));

        ProcessSpec Instance(Planet now, Region region, int instance) =>
            Script($"api-{region.Name}-{instance}", ProcessRole.Api, region.Name, now.Ports.Api(region, instance), run, health) with { Instance = instance };
    }

    private static ProcessSpec Script(string name, ProcessRole role, string? region, int port, Func<string, string> script, Func<string, Uri?>? health) =>
        new(name, role, region, ["/bin/sh", "-c", script(name)], port, health?.Invoke(name), new Dictionary<string, string>());
}
