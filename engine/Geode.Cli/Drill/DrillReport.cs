using System.Globalization;
using System.Text;
using Geode.Cli.Simulation.Reports;

namespace Geode.Cli.Drill;

internal static class DrillReport
{
    public static string Text(DrillResult result)
    {
        var text = new StringBuilder();
        Table.Write(
            text, ["phase", "served by", "requests", "failed", "p50, ms", "p99, ms", "slowest, ms"],
            [.. result.Phases.Select(p => (string[])[p.Name, string.Join(", ", p.Served.Select(s => $"{s.Key} {s.Value}")), Count(p.Requests), Count(p.Failed), Ms(p.P50Ms), Ms(p.P99Ms), Ms(p.SlowestMs)])]);
        foreach (var failure in result.Failures)
            text.AppendLine(CultureInfo.InvariantCulture, $"{failure.Requests} failed: {failure.Reason}");
        if (!result.Recovered)
            text.AppendLine(CultureInfo.InvariantCulture, $"{result.Region} was not well again in time.");
        text.AppendLine(CultureInfo.InvariantCulture, $"{(result.Passed ? "Passed" : "Not passed")}: {result.Region}, {result.Fault}; {result.Failed} of {result.Requests} requests failed, {result.Allowed} may.");
        return text.ToString();
    }

    public static string Json(DrillResult result) => ReportFile.Json(result);

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Ms(double ms) => ms.ToString("0", CultureInfo.InvariantCulture);
}
