using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Geode.Bench.Commands;
using Geode.Bench.Reporting;
using Geode.Bench.Targets;
using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Vectors;

/// <summary><c>vectors</c>: the ten nearest vectors by the client, with each kind of index and by a scan, beside an exact search in this
/// process.</summary>
internal static class VectorsCommand
{
    private const int Scans = 5;

    private static readonly string[] Kinds = ["diskANN", "quantizedFlat", "flat"];

    public static Command Create()
    {
        var items = BenchOptions.Number("--items", "Vectors to hold", 100_000, 1_000, 10_000_000);
        var dimensions = BenchOptions.Number("--dimensions", "Numbers of each", 256, 2, 4_096);
        var queries = BenchOptions.Number("--queries", "Queries with each kind of index", 200, 10, 100_000);
        var kinds = BenchOptions.List("--only", "Kinds of index.", string.Join(", ", Kinds), Kinds, Kinds.Contains);
        var hard = new Option<bool>("--hard") { Description = "Every number by chance: no vector has near neighbours." };
        var json = BenchOptions.Json();
        var command = new Command("vectors", "Search by distance: indexes against a scan and an exact search without a server.") { items, dimensions, queries, kinds, hard, json };
        command.SetAction((parsed, cancellation) => RunAsync(
            new VectorData(parsed.GetValue(items), parsed.GetValue(dimensions), parsed.GetValue(hard)),
            parsed.GetValue(dimensions),
            parsed.GetValue(queries),
            parsed.GetRequiredValue(kinds),
            parsed.GetValue(json),
            cancellation));
        return command;
    }

    private static async Task RunAsync(VectorData data, int dimensions, int queries, string[] kinds, FileInfo? json, CancellationToken cancellation)
    {
        MachineNote.Print();
        var rows = new List<VectorResult>();
        float[][] vectors = [.. Enumerable.Range(0, 50).Select(_ => data.Next())];
        var times = new List<double>();
        var targets = new List<(float[] Target, HashSet<string> Nearest)>();
        foreach (var vector in vectors)
        {
            var began = Stopwatch.GetTimestamp();
            targets.Add((vector, data.Nearest(vector)));
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        rows.Add(new VectorResult("exact search in this process", Measuring.Measurement.Median(times), 1, null, null, null));
        rows.Add(await MeasureAsync("scan by our server", data, dimensions, null, targets, Scans, cancellation));
        foreach (var kind in kinds)
            rows.Add(await MeasureAsync(kind, data, dimensions, Enum.Parse<VectorIndexType>(kind, ignoreCase: true), targets, queries, cancellation));

        foreach (var row in rows)
            Print(row, rows[1].Milliseconds, rows[0].Milliseconds);
        if (json is not null) JsonReport.Write(json, new { items = data.Count, dimensions, rows });
    }

    // A server of its own for each, so that memory is this one's alone.
    private static async Task<VectorResult> MeasureAsync(
        string name, VectorData data, int dimensions, VectorIndexType? type, IReadOnlyList<(float[] Target, HashSet<string> Nearest)> targets, int queries, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        var (process, target) = LocalServers.StartBackplane(folder.Path, "none");
        await using var stop = process;
        await process.AnswersAsync(target, "/", null, cancellation);
        using var client = BenchAccount.CreateClient(target);
        var container = await VectorContainer.CreateAsync(target, client, "v", type, dimensions, cancellation);
        var began = Stopwatch.GetTimestamp();
        await container.FillAsync(data, cancellation);
        var filled = Stopwatch.GetElapsedTime(began);
        await container.IndexedAsync(cancellation);
        var indexed = Stopwatch.GetElapsedTime(began);
        await container.MeasureAsync(targets, Math.Min(queries, 20), cancellation);
        var (milliseconds, recall) = await container.MeasureAsync(targets, queries, cancellation);
        return new VectorResult(name, milliseconds, recall, filled.TotalSeconds, indexed.TotalSeconds, process.ResidentBytes);
    }

    private static void Print(VectorResult row, double scan, double exact) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Name,-28} {row.Milliseconds,9:N2} ms a query, {scan / row.Milliseconds,7:N1} x the scan, {exact / row.Milliseconds,5:N1} x the exact search, recall {row.Recall:N3}{Rest(row)}"));

    private static string Rest(VectorResult row) => row.ResidentBytes is not { } bytes ? "" : string.Create(
        CultureInfo.InvariantCulture, $", filled after {row.FilledSeconds:N0} s, indexed after {row.IndexedSeconds:N0} s, resident {bytes / 1048576d:N0} MB");
}

/// <param name="Milliseconds">The median of one query after the other, client included.</param>
/// <param name="Recall">Of the ten nearest, the part that was found.</param>
internal sealed record VectorResult(string Name, double Milliseconds, double Recall, double? FilledSeconds, double? IndexedSeconds, long? ResidentBytes);
