using System.Text.Json;
using Geode.Control.Api;
using Geode.Control.Faults;
using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Control.Live;

/// <summary>Asks the router, the replicas and the Apis how they are, and makes one picture of it.</summary>
internal sealed class PlanetObserver(RunningPlanet planet) : IDisposable
{
    // Whoever is frozen must not hold the picture back.
    private readonly AdminClient _client = new(TimeSpan.FromMilliseconds(800));

    public async Task<LiveView> LookAsync(CancellationToken cancellationToken)
    {
        var origins = OriginsAsync(cancellationToken);
        // One set of regions for the whole picture.
        var now = planet.Planet;
        var serving = Serving(planet.Processes);
        var geodes = await Task.WhenAll(now.Regions.Select(r => GeodeAsync(r, serving[r.Name].FirstOrDefault(), cancellationToken)));
        var byRegion = geodes.ToDictionary(g => g.Region.Name);
        var view = PlanetView.Of(planet, now);
        var seen = await origins;
        return new(
            view.Name,
            planet.Time.GetUtcNow(),
            [.. view.Regions.Select(r => RegionOf(r, seen.GetValueOrDefault(r.Name), byRegion[r.Name]))],
            [.. view.Links.Select(l => LinkOf(l, byRegion[l.From].Status, byRegion[l.To], now.ShareData(l.From, l.To)))],
            planet.Load.View());
    }

    /// <summary>The geodes as the router sees them; empty while it does not answer.</summary>
    public async Task<IReadOnlyDictionary<string, LiveOrigin>> OriginsAsync(CancellationToken cancellationToken)
    {
        var reports = await _client.ReadAsync<List<OriginReport>>(new(PlanetPorts.Loopback(planet.Planet.Ports.RouterAdmin) + "/_router/origins"), cancellationToken);
        return (reports ?? []).ToDictionary(r => r.Name, r => new LiveOrigin(r.State, r.Why, r.Since, r.P50Ms, r.P99Ms, r.InFlight, r.Streams));
    }

    /// <summary>What the region's replica has of each region's writes; null while it does not answer.</summary>
    public async Task<IReadOnlyDictionary<string, long>?> VectorAsync(Region region, CancellationToken cancellationToken) =>
        (await StatusAsync(region, cancellationToken))?.Vector;

    public void Dispose() => _client.Dispose();

    private async Task<Seen> GeodeAsync(Region region, ProcessSnapshot? serving, CancellationToken cancellationToken)
    {
        var status = StatusAsync(region, cancellationToken);
        var api = serving is null ? null : await _client.ReadAsync<ApiPlanet>(new(PlanetPorts.Loopback(serving.Port) + "/api/planet"), cancellationToken);
        return new(region, await status, api?.Regions.ToDictionary(r => r.Name));
    }

    // By region; of several instances first those that are well; one that is still starting answers nothing, and in a geode that sleeps nobody does.
    private static ILookup<string, ProcessSnapshot> Serving(IReadOnlyList<ProcessSnapshot> processes) => processes
        .Where(p => p is { Role: ProcessRole.Api, Pid: not null, State: not ProcessState.Starting })
        .OrderBy(p => p.State != ProcessState.Healthy).ToLookup(p => p.Region!);

    private Task<Status?> StatusAsync(Region region, CancellationToken cancellationToken) =>
        _client.ReadAsync<Status>(new(PlanetPorts.Loopback(planet.Planet.Ports.BackplaneAccount(region)) + "/_backplane/status"), cancellationToken);

    private static LiveRegion RegionOf(RegionView region, LiveOrigin? origin, Seen geode)
    {
        var own = geode.Api?.GetValueOrDefault(region.Name);
        return new(
            region.Name, region.DisplayName, region.Latitude, region.Longitude, region.State, region.Since, region.Outage, region.Draining,
            origin, own?.Traffic, own?.Processors, geode.Status?.Conflicts.Total, geode.Status?.Containers?.Sum(c => c.Items), region.Instances, region.Processes,
            own?.Publications, region.Zones)
        { Stamp = region.Stamp, Residency = region.Residency };
    }

    // Where two regions share no data nothing is late.
    private static LiveLink LinkOf(Link link, Status? start, Seen end, bool shareData) => new(
        link.From, link.To, link.State, link.DelayMs, link.JitterMs, link.Loss,
        shareData ? end.Api?.GetValueOrDefault(link.From)?.ReplicationLagMs : null,
        // Who is cut off is not told what it lacks; the other side knows what it has written meanwhile.
        !shareData ? null : link.State != Link.Up && start is not null && end.Status is not null
            ? Math.Max(0, start.Vector.GetValueOrDefault(link.From) - end.Status.Vector.GetValueOrDefault(link.From))
            : end.Status?.Links?.FirstOrDefault(l => l.From == link.From)?.Lag);

    private sealed record Seen(Region Region, Status? Status, IReadOnlyDictionary<string, ApiRegion>? Api);

    private sealed record OriginReport(
        string Name, string State, string Why, DateTimeOffset Since, double P50Ms, double P99Ms, int InFlight, int Streams);

    private sealed record ApiPlanet(IReadOnlyList<ApiRegion> Regions);

    private sealed record ApiRegion(string Name, double? ReplicationLagMs, JsonElement? Traffic, JsonElement? Processors, JsonElement? Publications);

    private sealed record Status(
        StatusConflicts Conflicts, IReadOnlyDictionary<string, long> Vector, IReadOnlyList<StatusLink>? Links, IReadOnlyList<StatusContainer>? Containers);

    private sealed record StatusConflicts(long Insert, long Replace, long Delete)
    {
        public long Total => Insert + Replace + Delete;
    }

    private sealed record StatusLink(string From, long Lag);

    private sealed record StatusContainer(long Items);
}
