using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Geode.Backplane.Protocol;
using Geode.Backplane.Replication;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Items;
using Geode.Topology;
using Microsoft.Extensions.Logging.Abstractions;

namespace Geode.Bench.Drills;

/// <summary>Many regions in this process, each linked to all others with the delay of their distance and each written to at a steady
/// rate. Writes go to the replicas directly: HTTP and the client would need more processors than all the replicas.</summary>
internal static class ManyRegionsDrill
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    /// <param name="Writes">Acknowledged, over all regions.</param>
    /// <param name="WriteSeconds">What they took; more than asked for when the machine could not keep up.</param>
    /// <param name="ConvergedSeconds">From the last acknowledgement until every region had applied everything; null: not within the limit.</param>
    /// <param name="AreEqual">Whether all regions then held the same items.</param>
    public sealed record Result(long Writes, double WriteSeconds, double? ConvergedSeconds, bool AreEqual, long ResidentBytes);

    public static async Task<Result> RunAsync(int regions, int rate, int seconds, int items, TimeSpan limit, CancellationToken cancellation)
    {
        var planet = PlanetLoader.Parse(Ring(regions).ToJsonString(), "many regions");
        var replicas = planet.Regions.ToDictionary(r => r.Name, r => new Replica(new ReplicaOptions(r.Name) { HistoryBytes = ReplicaOptions.HistoryOf(regions) }, TimeProvider.System));
        var replicators = new Dictionary<string, Replicator>();
        foreach (var region in planet.Regions)
            replicators[region.Name] = new(planet, region, replicas[region.Name], PeersOf(region), NullLoggerFactory.Instance);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAll(replicas.Values.Select(DefineAsync));
        var replication = replicators.Values.Select(r => r.RunAsync(stop.Token)).ToArray();

        try
        {
            var started = Stopwatch.GetTimestamp();
            var writes = (await Task.WhenAll(replicas.Values.Select(r => Task.Run(() => WriteAsync(r, rate, seconds, items, cancellation))))).Sum();
            var written = Stopwatch.GetElapsedTime(started);
            var converged = await ConvergedAsync(replicas.Values, limit, cancellation);
            var areEqual = converged is not null && replicas.Values.Select(Digest).Distinct().Count() == 1;
            return new Result(writes, written.TotalSeconds, converged?.TotalSeconds, areEqual, Environment.WorkingSet);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(replication);
            foreach (var replica in replicas.Values)
                await replica.DisposeAsync();
        }

        IEnumerable<IPeer> PeersOf(Region here) => planet.OthersByDistance(here).Select(other =>
            new LocalPeer(other, () => new BackplaneReplica(replicas[other.Name], replicators[other.Name].Source)));
    }

    private static JsonObject Ring(int regions) => new()
    {
        ["regions"] = new JsonArray([.. Enumerable.Range(0, regions).Select(i => new JsonObject
        {
            ["name"] = $"region{i}",
            ["latitude"] = 0,
            ["longitude"] = 360.0 * i / regions - 180,
        })]),
    };

    private static Task DefineAsync(Replica replica)
    {
        var definition = ContainerRules.Complete("""{"id":"c","partitionKey":{"paths":["/pk"],"kind":"Hash","version":2}}"""u8.ToArray());
        return replica.WriteAsync(writer =>
        {
            DatabaseCatalog.CreateContainer(writer, DatabaseCatalog.CreateDatabase(writer, "d")!, "c", definition);
            return true;
        });
    }

    // What is due and late is written at once, as clients that have waited would.
    private static async Task<long> WriteAsync(Replica replica, int rate, int seconds, int items, CancellationToken cancellation)
    {
        var container = replica.State.Catalog.FindContainer("d", "c")!;
        var place = container.PlaceOf($"[\"{replica.Options.Name}\"]");
        var started = Stopwatch.GetTimestamp();
        var total = (long)rate * seconds;
        var begun = 0L;
        while (begun < total)
        {
            await Task.Delay(Beat, cancellation);
            var due = Math.Min(total, (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * rate));
            var pending = new List<Task<IReadOnlyList<ItemResult>>>();
            for (; begun < due; begun++)
            {
                var id = (begun % items).ToString(CultureInfo.InvariantCulture);
                var body = DocumentBody.Read(Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","pk":"{{replica.Options.Name}}","n":{{begun}}}"""));
                pending.Add(replica.WriteAsync(writer => ItemTransaction.Run(writer, container, new ItemOperation(ItemOperationKind.Upsert, id, place, body))));
            }

            foreach (var results in await Task.WhenAll(pending))
            {
                if (!results[0].Succeeded)
                    throw new BenchException($"{replica.Options.Name} refused a write: {results[0].Error}");
            }
        }

        return total;
    }

    private static async Task<TimeSpan?> ConvergedAsync(IReadOnlyCollection<Replica> replicas, TimeSpan limit, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var all = replicas.Aggregate(VersionVector.Empty, (vector, replica) => vector.Join(replica.Durable));
        while (!replicas.All(replica => replica.Durable.Covers(all)))
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
                return null;
            await Task.Delay(Beat, cancellation);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private static int Digest(Replica replica)
    {
        var digest = new HashCode();
        foreach (var item in replica.State.Catalog.FindContainer("d", "c")!.Partitions.SelectMany(p => p.All()).OrderBy(item => item.Rid))
            digest.AddBytes(item.Json.Span);
        return digest.ToHashCode();
    }
}
