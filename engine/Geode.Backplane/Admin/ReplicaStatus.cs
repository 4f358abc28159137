using Geode.Backplane.Hosting;
using Geode.Backplane.Replication;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Admin;

/// <summary>A replica as its operators see it.</summary>
/// <param name="Vector">Region → sequence number of what is durable here.</param>
/// <param name="Conflicts">Losing versions met since the start, by kind.</param>
/// <param name="Retained">Commits kept for peers that lack them.</param>
/// <param name="LogBytes">Written since the last snapshot.</param>
/// <param name="Version">How often the planet's regions have changed, from 1.</param>
public sealed record ReplicaStatus(
    string Region,
    string Outage,
    long Commits,
    ConflictCounts Conflicts,
    int Retained,
    long LogBytes,
    long SnapshotBytes,
    long Version,
    IReadOnlyDictionary<string, long> Vector,
    IReadOnlyList<LinkStatus> Links,
    IReadOnlyList<ContainerStatus> Containers)
{
    public static ReplicaStatus Of(BackplaneRegion region)
    {
        var (node, replica) = (region.Node, region.Node.Replica);
        return new ReplicaStatus(
            node.Region.Name,
            System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(node.Outage.Mode.ToString()),
            replica.State.Ticket,
            replica.State.Conflicts,
            replica.History.Count,
            replica.LogBytes,
            replica.SnapshotBytes,
            node.Version,
            node.Planet.Regions.ToDictionary(r => r.Name, r => replica.Durable[RegionId.Of(r.Name)]),
            [.. region.Replicator.Links.Select(l => LinkStatus.Of(region, l))],
            [.. replica.State.Catalog.Containers.Select(c => new ContainerStatus(
                c.Settings.Database, c.Settings.Name, c.Partitions.Sum(p => p.Count), c.Conflicts.Open().Count, [.. c.Partitions.Select(p => p.Lsn)], c.VectorIndexPercent))]);
    }
}

/// <param name="Lag">Commits that the peer was last known to have and this replica lacks, over all origins.</param>
/// <param name="LagMs">The age of the latest commit of the peer that has come, when something is missing; else 0.</param>
/// <param name="LastContactMs">Since the peer last answered.</param>
public sealed record LinkStatus(
    string From, string To, string State, double DelayMs, double JitterMs, double Loss, long Lag, double LagMs, int InFlight, double LastContactMs, string? Failure)
{
    public static LinkStatus Of(BackplaneRegion region, LinkState link)
    {
        var behaviour = link.Behaviour;
        var durable = region.Node.Replica.Durable;
        return new LinkStatus(
            link.From.Name,
            region.Node.Region.Name,
            behaviour.IsUp ? "up" : "down",
            Math.Round(behaviour.DelayMs, 1),
            behaviour.JitterMs,
            behaviour.Loss,
            link.LagOf(durable),
            link.LagMs(durable, region.Node.Replica.Time.GetUtcNow()),
            link.InFlight,
            Math.Round((region.Node.Replica.Time.GetUtcNow() - link.LastContact).TotalMilliseconds),
            link.Failure);
    }
}

/// <param name="OpenConflicts">In the conflict feed.</param>
/// <param name="VectorIndexPercent">How far the vector indexes have come; 100 where there are none.</param>
public sealed record ContainerStatus(string Database, string Name, int Items, int OpenConflicts, IReadOnlyList<long> Lsn, int VectorIndexPercent);
