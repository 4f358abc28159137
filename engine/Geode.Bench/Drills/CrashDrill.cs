using System.Collections.Concurrent;
using System.Globalization;
using Geode.Bench.Targets;
using Geode.Topology;

namespace Geode.Bench.Drills;

/// <summary>Kills a replica under writes, tears the end of its log, starts it again, and looks for what it had acknowledged.</summary>
internal static class CrashDrill
{
    private const int Writers = 8;

    /// <param name="Acknowledged">Over all rounds.</param>
    /// <param name="Faults">What must not be; empty when all is well.</param>
    public sealed record Result(int Rounds, int Acknowledged, IReadOnlyList<string> Faults);

    /// <param name="arguments">For the replica, beside address and folder.</param>
    public static async Task<Result> RunAsync(int rounds, int seed, TimeSpan longest, CancellationToken cancellation, params string[] arguments)
    {
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        var acknowledged = new ConcurrentDictionary<string, string>();
        var faults = new List<string>();
        var (next, lsn) = (0, 0L);
        for (var round = 0; round <= rounds && faults.Count == 0; round++)
        {
            var endpoint = PlanetPorts.Loopback(FreePort.One());
            var target = new Target("replica", new Uri(endpoint + "/"), PlanetEnvironment.EmulatorKey);
            await using var server = ServerProcess.Start("Geode.Backplane", ["--urls", endpoint, "--data", folder.Path, .. arguments]);
            await server.AnswersAsync(target, "/", null, cancellation);
            using var client = new RawClient(target);
            await client.MakeContainerAsync(cancellation);
            faults.AddRange(Compare(acknowledged, await client.ReadAllAsync(cancellation)));
            if (await client.LsnAsync(cancellation) is var now && now < lsn)
                faults.Add($"The change number went back from {lsn} to {now}.");
            if (round == rounds)
                break;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var writers = Enumerable.Range(0, Writers).Select(_ => WriteAsync(client, () => Interlocked.Increment(ref next), acknowledged, stop.Token)).ToArray();
            await Task.Delay(longest * random.NextDouble(), cancellation);
            await server.DisposeAsync();
            await stop.CancelAsync();
            await Task.WhenAll(writers);
            lsn = acknowledged.Count;
            Tear(folder.Path, random);
        }

        return new Result(rounds, acknowledged.Count, faults);
    }

    private static async Task WriteAsync(RawClient client, Func<int> next, ConcurrentDictionary<string, string> acknowledged, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var number = next().ToString(CultureInfo.InvariantCulture);
            var text = new string((char)('a' + number.Length), 200) + number;
            try
            {
                if (await client.UpsertAsync(number, text, stop))
                    acknowledged[number] = text;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Never answered, so never acknowledged.
            }
        }
    }

    private static IEnumerable<string> Compare(ConcurrentDictionary<string, string> acknowledged, Dictionary<string, (string ETag, string Text)> found)
    {
        foreach (var (id, text) in acknowledged)
        {
            if (!found.TryGetValue(id, out var item))
                yield return $"Item {id} was acknowledged and is gone.";
            else if (item.Text != text)
                yield return $"Item {id} is not what was acknowledged.";
        }
    }

    // What a write that was under way leaves at the end of the log.
    private static void Tear(string data, Random random)
    {
        var log = Directory.GetFiles(data, "*.log", SearchOption.AllDirectories).Max(StringComparer.Ordinal)!;
        var torn = new byte[random.Next(1, 300)];
        random.NextBytes(torn);
        "GDE1"u8[..Math.Min(4, torn.Length)].CopyTo(torn);
        using var file = new FileStream(log, FileMode.Append);
        file.Write(torn);
    }
}
