using System.Diagnostics;
using Geode.Bench.Measuring;
using Geode.Personal;

namespace Geode.Bench.Personal;

/// <summary>How long it takes to rank 100 candidates while 16 clients ask for it at once, as requests of a server: each waits for its turn.</summary>
internal static class ScoringMeasure
{
    public const int Clients = 16;
    public const int Candidates = 100;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(5);

    public static async Task<ScoringCost> RunAsync(TasteModel model, HeldOut heldOut, CancellationToken cancellation)
    {
        Item[] newest = [.. heldOut.Items.OrderByDescending(i => i.At).ThenBy(i => i.Id, StringComparer.Ordinal).Take(Candidates)];
        var cases = heldOut.Cases;
        var own = new List<long>[Clients];
        for (var i = 0; i < own.Length; i++) own[i] = [];
        await ClosedLoop.RunAsync(Clients, WarmUp, RankAsync);
        cancellation.ThrowIfCancellationRequested();
        foreach (var times in own) times.Clear();
        var allocated = GC.GetTotalAllocatedBytes();
        var round = await ClosedLoop.RunAsync(Clients, Measured, RankAsync);
        var bytes = (GC.GetTotalAllocatedBytes() - allocated) / (double)round.LatencyTicks.Length;
        long[] answers = [.. round.LatencyTicks.Order()];
        long[] calls = [.. own.SelectMany(times => times).Order()];
        return new(
            Candidates, Clients, answers.Length, Measurement.Percentile(answers, 0.5), Measurement.Percentile(answers, 0.99),
            Measurement.Percentile(calls, 0.5), Measurement.Percentile(calls, 0.99), bytes / 1e3);

        async Task RankAsync(long number)
        {
            // Gives the thread to the next in the queue, as a server does between two requests.
            await Task.Yield();
            var began = Stopwatch.GetTimestamp();
            ForYou.Rank(model, cases[(int)(number % cases.Count)].History, newest, heldOut.Known, heldOut.Now);
            var took = Stopwatch.GetTimestamp() - began;
            var times = own[number % Clients];
            lock (times) times.Add(took);
        }
    }
}

/// <param name="P50Milliseconds">From when a client asks to its answer, with the wait for the others.</param>
/// <param name="CallP50Milliseconds">Of the call alone.</param>
/// <param name="AllocatedKilobytes">For each ranking.</param>
internal sealed record ScoringCost(
    int Candidates, int Clients, int Rankings, double P50Milliseconds, double P99Milliseconds, double CallP50Milliseconds, double CallP99Milliseconds,
    double AllocatedKilobytes);
