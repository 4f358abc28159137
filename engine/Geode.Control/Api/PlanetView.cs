using System.Text.Json.Serialization;
using Geode.Control.Events;
using Geode.Control.Faults;
using Geode.Control.Instances;
using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Control.Api;

/// <summary>The answer to <c>GET /planet</c>.</summary>
/// <param name="Router">Where clients go.</param>
/// <param name="Processes">Those of no region: the router.</param>
/// <param name="Outages">By region; those without one are absent.</param>
/// <param name="Events">The latest, oldest first.</param>
internal sealed record PlanetView(
    string Name,
    Uri Router,
    Uri Control,
    IReadOnlyList<RegionView> Regions,
    IReadOnlyList<ProcessSnapshot> Processes,
    IReadOnlyList<Link> Links,
    IReadOnlyDictionary<string, string> Outages,
    IReadOnlyList<PlanetEvent> Events)
{
    private const int LatestEvents = 100;

    /// <param name="planet">What runs.</param>
    /// <param name="regions">Those it had when the caller looked at it: they come and go meanwhile.</param>
    public static PlanetView Of(RunningPlanet planet, Planet regions)
    {
        var processes = planet.Processes;
        var names = regions.RegionNames;
        return new(
            planet.Planet.Name,
            planet.Router,
            planet.Control,
            [.. regions.Regions.Select(Seen)],
            [.. processes.Where(p => p.Region is null)],
            [.. planet.Replicas.Links.Where(l => names.Contains(l.From) && names.Contains(l.To))],
            planet.Replicas.Outages,
            [.. planet.Timeline.Latest().TakeLast(LatestEvents)]);

        RegionView Seen(Region region)
        {
            IReadOnlyList<ProcessSnapshot> own = [.. processes.Where(p => p.Region == region.Name)];
            var stamp = regions.StampOf(region);
            return RegionView.Of(
                region, own, planet.Replicas.Outages.GetValueOrDefault(region.Name), planet.RouterAdmin.IsDrained(region.Name), planet.Instances.View(region.Name, own)) with
            {
                Stamp = stamp?.Name,
                Residency = stamp?.Residency,
            };
        }
    }
}

/// <param name="State">The one state of all its processes; <c>asleep</c> when all is well and no instance is needed; else <c>exited</c> if none runs, <c>frozen</c> if all that run are, <c>starting</c> if one is, <c>degraded</c>; <c>stopped</c> without any.</param>
/// <param name="Since">When the latest change of a process of it was.</param>
/// <param name="Outage">The mode, or null.</param>
/// <param name="Draining">Taken out of the router's traffic.</param>
/// <param name="Instances">Of its Api.</param>
/// <param name="Zones">Where it has a geode in each; else null.</param>
internal sealed record RegionView(
    string Name,
    string DisplayName,
    double Latitude,
    double Longitude,
    string State,
    DateTimeOffset Since,
    string? Outage,
    bool Draining,
    InstancesView Instances,
    IReadOnlyList<ProcessSnapshot> Processes,
    IReadOnlyList<ZoneView>? Zones)
{
    /// <summary>The stamp it is in; absent where there are no stamps.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stamp { get; init; }

    /// <summary>Where its stamp's data has to stay; absent where nothing is promised.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Residency { get; init; }

    private const string Asleep = "asleep";

    public static RegionView Of(Region region, IReadOnlyList<ProcessSnapshot> processes, string? outage, bool draining, InstancesView instances) => new(
        region.Name, region.DisplayName, region.Latitude, region.Longitude, StateOf(processes, instances.Asleep),
        processes.Select(p => p.Since).DefaultIfEmpty().Max(), outage, draining, instances, processes, ZoneView.Of(region, processes));

    /// <param name="processes">All of a geode's.</param>
    /// <param name="asleep">Its Api does not run because nobody needs it.</param>
    public static string StateOf(IReadOnlyList<ProcessSnapshot> processes, bool asleep) =>
        asleep && !processes.Any(p => p is { Role: ProcessRole.Api, Pid: not null }) && StateOf([.. processes.Where(p => p.Role != ProcessRole.Api)]) == "healthy"
            ? Asleep
            : StateOf(processes);

    public static string StateOf(IReadOnlyList<ProcessSnapshot> processes)
    {
        var states = processes.Select(p => p.State).Distinct().ToList();
        if (states.Count == 1)
            return states[0].ToString().ToLowerInvariant();
        if (states.Count == 0)
            return "stopped";
        var running = states.Where(s => s is not (ProcessState.Stopped or ProcessState.Killed or ProcessState.Exited)).ToList();
        if (running.Count == 0)
            return "exited";
        if (running is [ProcessState.Frozen])
            return "frozen";
        return states.Contains(ProcessState.Starting) ? "starting" : "degraded";
    }
}
