using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Geode.Bench.Measuring;
using Geode.Bench.Reporting;
using Geode.Bench.Targets;
using Geode.Bench.Workloads;

namespace Geode.Bench.Commands;

/// <summary>
/// <c>start</c>: from the start of the process to its first answer, with an empty folder and with one full of items whose
/// server was killed, not stopped.
/// </summary>
internal static class StartCommand
{
    public static Command Create()
    {
        var runs = BenchOptions.Number("--runs", "Starts of each kind", 5, 1, 100);
        var items = BenchOptions.Number("--items", "Items of 1 KB in the full folder", 100_000, 1, 10_000_000);
        var json = BenchOptions.Json();
        var command = new Command("start", "Time from process start to first answer.") { runs, items, json };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(runs), parsed.GetValue(items), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task RunAsync(int runs, int items, FileInfo? json, CancellationToken cancellation)
    {
        MachineNote.Print();
        using var full = new TemporaryFolder();
        var path = await LoadedFolder.FillAsync(full.Path, items, cancellation);

        var empty = new List<StartTime>();
        var loaded = new List<StartTime>();
        for (var run = 0; run < runs; run++)
        {
            using var folder = new TemporaryFolder();
            empty.Add(await StartAsync(folder.Path, "/", null, cancellation));
            loaded.Add(await StartAsync(full.Path, path, BenchItem.PartitionKey(items - 1), cancellation));
        }

        Print("empty folder", empty);
        Print($"{items:N0} items, killed before", loaded);
        if (json is not null) JsonReport.Write(json, new { items, empty, loaded });
    }

    private static async Task<StartTime> StartAsync(string folder, string path, string? partitionKey, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var (process, target) = LocalServers.StartBackplane(folder, "batch");
        await using var stop = process;
        await process.AnswersAsync(target, path, partitionKey, cancellation);
        return new StartTime(Stopwatch.GetElapsedTime(started).TotalMilliseconds, process.ProcessorTime.TotalMilliseconds);
    }

    private static void Print(string what, List<StartTime> times) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: median {Measurement.Median(times.Select(t => t.Ms)):N0} ms, {times.Min(t => t.Ms):N0} to {times.Max(t => t.Ms):N0}; processor time {Measurement.Median(times.Select(t => t.ProcessorMs)):N0} ms"));

    /// <param name="Ms">Until the first answer.</param>
    /// <param name="ProcessorMs">What the server used of the processors until then, which other load disturbs least.</param>
    private sealed record StartTime(double Ms, double ProcessorMs);
}
