using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Geode.Bench.Drills;

/// <summary>Three replicas under writes, of which one after the other is killed or cut off. At the end all is healed: every acknowledged
/// item must be everywhere, every region must hold the same, and soon.</summary>
internal static class RegionsDrill
{
    private const int SharedItems = 20;

    /// <param name="Acknowledged">Items of their own, over all regions.</param>
    /// <param name="SharedWrites">Acknowledged writes to items that every region writes.</param>
    /// <param name="ConvergedMs">From the healing until every region had what any had.</param>
    /// <param name="Faults">What must not be; empty when all is well.</param>
    public sealed record Result(int Acknowledged, int SharedWrites, int Kills, int Partitions, double ConvergedMs, IReadOnlyList<string> Faults);

    public static async Task<Result> RunAsync(TimeSpan length, TimeSpan faultEvery, int delayMs, int seed, CancellationToken cancellation)
    {
        var random = new Random(seed);
        await using var replicas = await ReplicaProcesses.StartAsync(delayMs, cancellation);
        var clients = Enumerable.Range(0, replicas.Planet.Regions.Count).Select(i => new RawClient(replicas.TargetOf(i))).ToArray();
        try
        {
            foreach (var client in clients)
                await client.MakeContainerAsync(cancellation);
            var load = new Load();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var writers = clients.Select((c, i) => load.WriteAsync(c, i, random.Next(), stop.Token)).ToArray();
            var (kills, partitions) = (0, 0);
            for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < length || kills == 0 || partitions == 0;)
            {
                await Task.Delay(faultEvery * (0.5 + random.NextDouble()), cancellation);
                var region = random.Next(clients.Length);
                if (kills <= partitions)
                {
                    kills++;
                    await replicas.KillAndStartAsync(region, faultEvery * random.NextDouble() / 4, cancellation);
                }
                else
                {
                    partitions++;
                    await replicas.CutOffAsync(region, cancellation);
                    await Task.Delay(faultEvery * random.NextDouble(), cancellation);
                    await replicas.HealAsync(cancellation);
                }
            }

            await stop.CancelAsync();
            await Task.WhenAll(writers);
            var converged = await ConvergedAsync(replicas, cancellation);
            return new Result(load.Own.Count, load.Shared, kills, partitions, converged.TotalMilliseconds, await FaultsAsync(clients, load, cancellation));
        }
        finally
        {
            foreach (var client in clients)
                client.Dispose();
        }
    }

    private static async Task<TimeSpan> ConvergedAsync(ReplicaProcesses replicas, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(2))
        {
            var vectors = await Task.WhenAll(replicas.Planet.Regions.Select((_, i) => replicas.VectorAsync(i, cancellation)));
            if (vectors.All(v => v.All(o => vectors[0][o.Key] == o.Value)))
                return Stopwatch.GetElapsedTime(started);
            await Task.Delay(5, cancellation);
        }

        throw new BenchException("The regions did not come to the same point within two minutes of the healing.");
    }

    private static async Task<List<string>> FaultsAsync(RawClient[] clients, Load load, CancellationToken cancellation)
    {
        var faults = new List<string>();
        var contents = await Task.WhenAll(clients.Select(c => c.ReadAllAsync(cancellation)));
        for (var i = 0; i < contents.Length; i++)
        {
            faults.AddRange(load.Own.Keys.Where(id => !contents[i].ContainsKey(id)).Select(id => $"Item {id} was acknowledged and is not in region {i}."));
            if (contents[i].Count != contents[0].Count || contents[i].Any(item => !contents[0].TryGetValue(item.Key, out var same) || same != item.Value))
                faults.Add($"Regions 0 and {i} hold different items.");
        }

        return faults;
    }

    private sealed class Load
    {
        private int _shared;

        public ConcurrentDictionary<string, bool> Own { get; } = [];

        public int Shared => _shared;

        public async Task WriteAsync(RawClient client, int region, int seed, CancellationToken stop)
        {
            var random = new Random(seed);
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                var isShared = random.Next(4) == 0;
                var id = isShared ? $"shared-{random.Next(SharedItems)}" : string.Create(CultureInfo.InvariantCulture, $"own-{region}-{n}");
                try
                {
                    if (!await client.UpsertAsync(id, $"{region} {n}", stop))
                        await Task.Delay(20, stop);
                    else if (isShared)
                        Interlocked.Increment(ref _shared);
                    else
                        Own[id] = true;
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    // Never answered, so never acknowledged.
                }
            }
        }
    }
}
