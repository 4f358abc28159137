using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Geode.Bench.Measuring;
using Geode.Bench.Reporting;
using Geode.Bench.Targets;
using Geode.Bench.Workloads;
using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Commands;

/// <summary>
/// <c>visibility</c>: from the acknowledgement of a write in one region until a read in the other finds it, less the link's
/// one-way delay. The reader asks over and over from shortly before the delay is up, so its own round trip is part of the figure.
/// </summary>
internal static class VisibilityCommand
{
    // The first ones find servers that still recompile what is hot.
    private const int Unmeasured = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AskBefore = TimeSpan.FromMilliseconds(5);

    public static Command Create()
    {
        var delay = BenchOptions.Number("--delay", "One-way delay of the link in ms", 50, 0, 10_000);
        var writes = BenchOptions.Number("--writes", $"Writes, one after the other, after {Unmeasured} that do not count", 1_000, 1, 100_000);
        var load = BenchOptions.Number("--load", "Other writes per second meanwhile", 1_000, 0, 100_000);
        var json = BenchOptions.Json();
        var command = new Command("visibility", "How long a write takes to be seen in another region, beyond the link's delay.") { delay, writes, load, json };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(delay), parsed.GetValue(writes), parsed.GetValue(load), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task RunAsync(int delayMs, int writes, int load, FileInfo? json, CancellationToken cancellation)
    {
        MachineNote.Print();
        await using var regions = await TwoRegions.StartAsync(delayMs, cancellation);
        await using var near = new BenchAccount(regions.Near);
        using var far = BenchAccount.CreateClient(regions.Far);
        var written = await near.ContainerAsync(Dataset.Scratch, cancellation);
        var seen = far.GetContainer(written.Database.Id, written.Id);
        await using var others = new SteadyWrites(written, load);
        var notBefore = TimeSpan.FromMilliseconds(delayMs) - AskBefore;
        var ticks = new long[writes];
        for (var n = 0; n < Unmeasured + writes; n++)
        {
            await WriteAsync(written, n, cancellation);
            var acknowledged = Stopwatch.GetTimestamp();
            if (notBefore > TimeSpan.Zero) await Task.Delay(notBefore, cancellation);
            await SeenAsync(seen, n, cancellation);
            if (n >= Unmeasured) ticks[n - Unmeasured] = Stopwatch.GetTimestamp() - acknowledged;
        }

        var rate = await others.StopAsync();
        Array.Sort(ticks);
        var (p50, p99) = (Measurement.Percentile(ticks, 0.50) - delayMs, Measurement.Percentile(ticks, 0.99) - delayMs);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{writes} writes over a link of {delayMs} ms, among {rate:N0} others per second: visible {p50:N2} ms (p50), {p99:N2} ms (p99) after the delay"));
        if (json is not null) JsonReport.Write(json, new { delayMs, writes, load, p50BeyondDelayMs = p50, p99BeyondDelayMs = p99 });
    }

    private static Task WriteAsync(Container container, int number, CancellationToken cancellation) =>
        BenchItem.CreateAsync(container, number, Id(number), cancellation);

    private static string Id(int number) => $"seen-{number}";

    // Eventual, because the question is what this replica has, not what the session is owed.
    private static async Task SeenAsync(Container container, int number, CancellationToken cancellation)
    {
        var options = new ItemRequestOptions { ConsistencyLevel = ConsistencyLevel.Eventual };
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Patience;)
        {
            using var response = await container.ReadItemStreamAsync(Id(number), new PartitionKey(BenchItem.PartitionKey(number)), options, cancellation);
            if (response.IsSuccessStatusCode) return;
            if (response.StatusCode != HttpStatusCode.NotFound) throw new BenchException($"Read {number} failed: {(int)response.StatusCode} {response.ErrorMessage}");
        }

        throw new BenchException($"Write {number} was not seen in the other region within {Patience.TotalSeconds:0} s.");
    }
}
