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

        var empty = new List<double>();
        var loaded = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            using var folder = new TemporaryFolder();
            empty.Add(await StartAsync(folder.Path, "/", null, cancellation));
            loaded.Add(await StartAsync(full.Path, path, BenchItem.PartitionKey(items - 1), cancellation));
        }

        Print("empty folder", empty);
        Print($"{items:N0} items, killed before", loaded);
        if (json is not null) JsonReport.Write(json, new { items, emptyMs = empty, loadedMs = loaded });
    }

    private static async Task<double> StartAsync(string folder, string path, string? partitionKey, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var (process, target) = LocalServers.StartBackplane(folder, "batch");
        await using var stop = process;
        await process.AnswersAsync(target, path, partitionKey, cancellation);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static void Print(string what, List<double> milliseconds) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what}: median {Measurement.Median(milliseconds):N0} ms, {milliseconds.Min():N0} to {milliseconds.Max():N0}"));
}
