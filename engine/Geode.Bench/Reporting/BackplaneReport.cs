using System.Globalization;
using Geode.Bench.Measuring;
using Geode.Bench.Targets;
using Spectre.Console;

namespace Geode.Bench.Reporting;

/// <summary>A <see cref="Comparison"/> for the eye.</summary>
internal static class BackplaneReport
{
    /// <summary>Says that a measurement is done.</summary>
    public static void PrintLine(Measurement m) => Console.WriteLine(m.Error is null
        ? $"{m.Workload} c={m.Concurrency} {m.Target}: {Figure.Of(m.CallsPerSecond, "N0")}/s"
        : $"{m.Workload} c={m.Concurrency} {m.Target} failed: {m.Error}");

    public static void Print(IReadOnlyList<Measurement> results) => AnsiConsole.Write(Table(results));

    private static Table Table(IReadOnlyList<Measurement> results)
    {
        var table = new Table().Border(TableBorder.Minimal);
        table.AddColumn("workload");
        foreach (var header in new[] { "c", "calls/s", "p50 ms", "p99 ms", "server µs", "client µs", "/ null" }) table.AddColumn(new TableColumn(header).RightAligned());
        table.AddColumn("target");
        foreach (var group in results.GroupBy(m => (m.Workload, m.Concurrency)))
        {
            var ceiling = group.FirstOrDefault(m => m.Target == LocalServers.Null)?.CallsPerSecond;
            foreach (var m in group)
            {
                table.AddRow(
                    m.Workload,
                    m.Concurrency.ToString(CultureInfo.InvariantCulture),
                    Figure.Of(m.CallsPerSecond, "N0"),
                    Figure.Of(m.P50Ms, "N2"),
                    Figure.Of(m.P99Ms, "N2"),
                    Figure.Of(m.ServerMicroseconds, "N0"),
                    Figure.Of(m.ClientMicroseconds, "N0"),
                    m.Target == LocalServers.Null ? "" : Figure.Of(m.CallsPerSecond / ceiling, "N2"),
                    Markup.Escape(m.Error is null ? m.Target : m.Target + " (failed)"));
            }
        }

        return table;
    }
}
