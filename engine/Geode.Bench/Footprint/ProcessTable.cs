using System.Globalization;

namespace Geode.Bench.Footprint;

/// <summary>What some processes cost while nothing happens.</summary>
/// <param name="Percent">Of one core.</param>
/// <param name="ResidentMb">Added up.</param>
/// <param name="ProportionalMb">With pages that several share counted once.</param>
internal sealed record ProcessCost(string Whose, int Processes, double Percent, double ResidentMb, double ProportionalMb);

/// <summary>The processes of a planet that Aspire runs, as <c>/proc</c> shows them.</summary>
internal static class ProcessTable
{
    // What Linux counts processor time in, on every machine that .NET runs on.
    private const double TicksPerSecond = 100;

    private static readonly string[] Aspire = ["dcp", "Aspire.Dashboard"];

    /// <param name="root">The clone whose programs run.</param>
    /// <param name="time">How long to look.</param>
    public static async Task<IReadOnlyList<ProcessCost>> MeasureAsync(string root, TimeSpan time, CancellationToken stop)
    {
        var before = Find(root);
        var ticks = before.ToDictionary(p => p.Pid, p => Ticks(p.Pid));
        await Task.Delay(time, stop);
        return
        [
            .. before.Where(Lives).GroupBy(p => p.Whose).OrderBy(g => g.Key).Select(group => new ProcessCost(
                group.Key, group.Count(),
                group.Sum(p => Ticks(p.Pid) - ticks[p.Pid]) / TicksPerSecond / time.TotalSeconds * 100,
                group.Sum(p => Memory(p.Pid, "Rss:")), group.Sum(p => Memory(p.Pid, "Pss:")))),
        ];

        // Who ended meanwhile has no part in what a planet costs that does nothing.
        static bool Lives((int Pid, string Whose) process) => Directory.Exists($"/proc/{process.Pid}");
    }

    private static List<(int Pid, string Whose)> Find(string root)
    {
        var found = new List<(int, string)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && Program(folder) is { } program
                && Whose(program, root) is { } whose)
                found.Add((pid, whose));
        }
        return found;
    }

    private static string? Whose(string program, string root) =>
        program.StartsWith(root, StringComparison.Ordinal)
            ? Path.GetFileName(program) == "Geode.AppHost" ? "the app host" : "the planet's"
            : Aspire.Contains(Path.GetFileName(program)) ? "Aspire's" : null;

    private static string? Program(string folder)
    {
        try
        {
            return new FileInfo(Path.Combine(folder, "exe")).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has just ended, or is somebody else's.
            return null;
        }
    }

    // After the name in parentheses, which may have spaces: state is the third field of all, user and system time are the 14th and 15th.
    private static long Ticks(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
    }

    private static double Memory(int pid, string what) =>
        double.Parse(File.ReadLines($"/proc/{pid}/smaps_rollup").First(l => l.StartsWith(what, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
}
