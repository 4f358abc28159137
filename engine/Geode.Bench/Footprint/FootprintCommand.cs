using System.Globalization;
using Geode.Bench.Reporting;
using Geode.Bench.Router;
using Geode.Bench.Targets;
using Spectre.Console;

namespace Geode.Bench.Footprint;

/// <summary><c>footprint</c>: how long a planet takes to be healthy from a fresh clone, the first time after that and later, beside an app host with
/// nothing in it; then what it costs when nothing happens, ours and Aspire's apart. Linux, git, an otherwise quiet machine.</summary>
internal sealed class FootprintCommand : IBenchCommand
{
    private const string Healthy = "healthy after";
    private const string Started = "Distributed application started";
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(60);

    public string Name => "footprint";

    public string Summary => "Start from a fresh clone, first and later starts, an empty app host; idle processor time and memory. --idle 30 --json FILE";

    public async Task<int> RunAsync(string[] args, CancellationToken stop)
    {
        if (!OperatingSystem.IsLinux())
            throw new BenchException("footprint reads /proc, which only Linux has.");
        var options = new Arguments(args);
        var idle = TimeSpan.FromSeconds(options.Number("--idle", 30));
        MachineNote.Print();
        using var folder = new TemporaryFolder();
        var clone = await Clone.MakeAsync(Path.Combine(folder.Path, "clone"), stop);

        var starts = new List<(string What, double Seconds)>();
        starts.Add(("fresh clone: dotnet run", await StartAsync(clone.Planet("--data", clone.At(".bench")), Healthy, stop)));
        starts.Add(("first start after it, empty replicas", await StartAsync(clone.Planet("--data", clone.At(".bench"), "--fresh"), Healthy, stop)));
        starts.Add(("later: dotnet run --no-build", await StartAsync(clone.Built("--data", clone.At(".bench")), Healthy, stop)));
        starts.Add(("child processes: Geode.Local --no-build", await StartAsync(await clone.LocalAsync(stop), Healthy, stop)));
        starts.Add(("empty app host: dotnet run --no-build", await StartAsync(await clone.EmptyAsync(stop), Started, stop)));

        Console.WriteLine($"Idle, {idle.TotalSeconds:0} s after {Settle.TotalSeconds:0} s of rest");
        await using var planet = await ProgramRun.StartAsync(clone.Built("--data", clone.At(".bench")), Healthy, stop);
        await Task.Delay(Settle, stop);
        var rest = await ProcessTable.MeasureAsync(clone.Root, idle, stop);
        Print(starts, rest);
        if (options.Text("--json") is { } json)
            JsonReport.Write(new(json), new { starts = starts.Select(s => new { what = s.What, seconds = s.Seconds }), idle = rest });
        return 0;
    }

    private static async Task<double> StartAsync(ProgramDescription program, string ready, CancellationToken stop)
    {
        await using var run = await ProgramRun.StartAsync(program, ready, stop);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{program.Name}: {run.Seconds:0.0} s"));
        return run.Seconds;
    }

    private static void Print(List<(string What, double Seconds)> starts, IReadOnlyList<ProcessCost> idle)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumn("start").AddColumn(new TableColumn("s").RightAligned());
        foreach (var (what, seconds) in starts)
            table.AddRow(what, Text(seconds, "0.0"));
        AnsiConsole.Write(table);

        table = new Table().Border(TableBorder.Minimal).AddColumn("idle");
        foreach (var header in new[] { "processes", "% of a core", "resident MB", "shared counted once MB" })
            table.AddColumn(new TableColumn(header).RightAligned());
        foreach (var cost in idle)
            table.AddRow(cost.Whose, Text(cost.Processes, "0"), Text(cost.Percent, "0.0"), Text(cost.ResidentMb, "0"), Text(cost.ProportionalMb, "0"));
        AnsiConsole.Write(table);
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
