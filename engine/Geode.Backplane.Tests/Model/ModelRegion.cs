using System.Text;
using Geode.Backplane.Replication;
using Geode.Backplane.Storage;
using Geode.Topology;
using Microsoft.Extensions.Logging.Abstractions;

namespace Geode.Backplane.Tests.Model;

/// <summary>One region of the simulation: the product's replica, links and log; only clock and network are not real.</summary>
public sealed class ModelRegion(Region region, ModelClock clock, string folder, Func<Func<Document, double>, IConflictResolver>? resolver) : IAsyncDisposable
{
    private Replica? _replica;
    private Replicator? _replicator;

    public Region Region => region;

    public RegionId Id { get; } = RegionId.Of(region.Name);

    public ModelClock Clock => clock;

    public bool IsUp => _replica is not null;

    /// <summary>What a region that joined late must have before it may take writes; null when it may.</summary>
    public VersionVector? MustHave { get; set; }

    public bool TakesWrites => IsUp && (MustHave is null || Replica.Durable.Covers(MustHave));

    public Replica Replica => _replica ?? throw new InvalidOperationException($"{region.Name} is down.");

    public Replicator Replicator => _replicator ?? throw new InvalidOperationException($"{region.Name} is down.");

    public void Start(Planet planet, IEnumerable<Region> peers)
    {
        var options = new ReplicaOptions(region.Name, folder, Durability.None, Partitions: 2);
        _replica = new Replica(resolver is null ? options : options with { Resolver = resolver }, clock);
        _replicator = new Replicator(planet, region, _replica, peers.Select(IPeer (p) => new SilentPeer(p)), NullLoggerFactory.Instance);
    }

    public async Task StopAsync()
    {
        await Replica.DisposeAsync();
        (_replica, _replicator) = (null, null);
    }

    /// <summary>Adds the start of a frame to the log, as a process that is killed while it writes leaves it.</summary>
    public void TearTail(Random random)
    {
        var log = Directory.GetFiles(folder, "*.log").Max()!;
        var torn = new byte[random.Next(1, 40)];
        random.NextBytes(torn);
        "GDE1"u8[..Math.Min(4, torn.Length)].CopyTo(torn);
        using var file = new FileStream(log, FileMode.Append);
        file.Write(torn);
    }

    /// <summary>Every item and conflict a client could see, with the versions beside it.</summary>
    public string Picture(bool withNumbers = false)
    {
        var text = new StringBuilder();
        foreach (var container in Replica.State.Catalog.Containers.OrderBy(c => c.Settings.Name, StringComparer.Ordinal))
        {
            foreach (var item in container.Partitions.SelectMany(p => p.All()).Where(d => !d.Deleted).OrderBy(d => (d.PartitionKey, d.Id)))
            {
                var losers = item.Conflict?.Others.Select(o => o.Dot.ToString()).Order() ?? Enumerable.Empty<string>();
                text.Append($"{container.Settings.Name}{item.PartitionKey}{item.Id} = {item.Dot} over [{string.Join(' ', losers)}]");
                text.AppendLine(withNumbers ? $" lsn {item.Lsn}" : "");
            }

            text.AppendLine($"{container.Settings.Name} in ranges {string.Join(' ', container.Partitions.Select(p => p.Id))} of {container.Layout.Tag}");
            if (container.Settings.KeepsConflicts)
                text.AppendLine($"{container.Settings.Name} conflicts [{string.Join(' ', container.Conflicts.Open().Select(c => c.Id))}]");
            if (withNumbers)
                text.AppendLine($"{container.Settings.Name} at [{string.Join(' ', container.Partitions.Select(p => p.Lsn))}]");
        }

        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (IsUp)
            await StopAsync();
    }
}
