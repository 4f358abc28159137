using System.Diagnostics.Metrics;
using Geode.Backplane.Hosting;
using Geode.Backplane.Replication;

namespace Geode.Backplane.Admin;

/// <summary>What the replicas of this process say about themselves whenever a metrics reader looks.</summary>
public sealed class BackplaneMetrics : IDisposable
{
    public const string Name = "Geode.Backplane";

    /// <summary>Of the directory of tenants in the same process, whose regions have the same names.</summary>
    public const string DirectoryName = "Geode.Directory";

    private readonly Meter _meter;

    public BackplaneMetrics(IReadOnlyList<BackplaneRegion> regions, string name = Name)
    {
        _meter = new(name);
        _meter.CreateObservableGauge("geode.backplane.link.lag", () => Links(regions, (r, l) => l.LagOf(r.Node.Replica.Durable)), "{commit}", "Commits of a peer that are known of and have not come.");
        _meter.CreateObservableGauge(
            "geode.backplane.link.lag_time",
            () => Links(regions, (r, l) => l.LagMs(r.Node.Replica.Durable, r.Node.Replica.Time.GetUtcNow())),
            "ms",
            "Age of the latest commit that has come of a peer, while some are missing.");
        _meter.CreateObservableGauge("geode.backplane.link.up", () => Links(regions, (_, l) => l.Behaviour.IsUp ? 1 : 0));
        _meter.CreateObservableCounter("geode.backplane.commits", () => Each(regions, r => r.Node.Replica.State.Ticket), "{commit}", "Commits applied, of all origins.");
        _meter.CreateObservableCounter("geode.backplane.conflicts", () => regions.SelectMany(Conflicts), "{version}", "Versions that lost to one written at the same time elsewhere.");
        _meter.CreateObservableGauge("geode.backplane.retained", () => Each(regions, r => r.Node.Replica.History.Count), "{commit}", "Commits kept for peers that lack them.");
        _meter.CreateObservableGauge("geode.backplane.log.size", () => Each(regions, r => r.Node.Replica.LogBytes), "By", "Log written since the last snapshot.");
        _meter.CreateObservableGauge("geode.backplane.snapshot.size", () => Each(regions, r => r.Node.Replica.SnapshotBytes), "By", "The last snapshot.");
    }

    internal Meter Meter => _meter;

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Each(IEnumerable<BackplaneRegion> regions, Func<BackplaneRegion, long> value) =>
        regions.Select(r => new Measurement<long>(value(r), Region(r)));

    private static IEnumerable<Measurement<double>> Links(IEnumerable<BackplaneRegion> regions, Func<BackplaneRegion, LinkState, double> value) =>
        regions.SelectMany(r => r.Replicator.Links.Select(l => new Measurement<double>(value(r, l), Region(r), new("geode.from", l.From.Name))));

    private static IEnumerable<Measurement<long>> Conflicts(BackplaneRegion region)
    {
        var counts = region.Node.Replica.State.Conflicts;
        foreach (var (kind, count) in ((string, long)[])[("insert", counts.Insert), ("replace", counts.Replace), ("delete", counts.Delete)])
            yield return new Measurement<long>(count, Region(region), new("kind", kind));
    }

    private static KeyValuePair<string, object?> Region(BackplaneRegion region) => new("cloud.region", region.Node.Region.Name);
}
