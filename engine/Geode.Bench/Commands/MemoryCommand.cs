using System.CommandLine;
using System.Globalization;
using Geode.Bench.Reporting;
using Geode.Bench.Targets;
using Geode.Bench.Workloads;

namespace Geode.Bench.Commands;

/// <summary><c>memory</c>: how much resident memory an item of 1 KB costs, right after it was written and after a restart.</summary>
internal static class MemoryCommand
{
    public static Command Create()
    {
        var items = BenchOptions.Number("--items", "Items of 1 KB to hold", 100_000, 1_000, 10_000_000);
        var json = BenchOptions.Json();
        var command = new Command("memory", "Resident bytes for each item of 1 KB.") { items, json };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(items), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task RunAsync(int items, FileInfo? json, CancellationToken cancellation)
    {
        MachineNote.Print();
        using var folder = new TemporaryFolder();
        var (process, target) = LocalServers.StartBackplane(folder.Path, "batch");
        await using var stop = process;
        await process.AnswersAsync(target, "/", null, cancellation);
        var empty = process.ResidentBytes;
        var path = await LoadedFolder.FillAsync(target, items, cancellation);
        var filled = process.ResidentBytes;
        await process.DisposeAsync();

        var (again, restarted) = LocalServers.StartBackplane(folder.Path, "batch");
        await using var stopAgain = again;
        await again.AnswersAsync(restarted, path, BenchItem.PartitionKey(items - 1), cancellation);
        var reopened = again.ResidentBytes;

        var itemBytes = BenchItem.Json(items - 1).Length;
        Print("empty server", empty, null);
        Print($"after writing {items:N0} items of {itemBytes} bytes", filled, (filled - empty) / items);
        Print("after a restart", reopened, (reopened - empty) / items);
        if (json is not null) JsonReport.Write(json, new { items, itemBytes, emptyBytes = empty, filledBytes = filled, reopenedBytes = reopened });
    }

    private static void Print(string what, long bytes, long? each) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what}: {bytes / 1048576d:N0} MB{(each is null ? "" : $", {each:N0} bytes an item")}"));
}
