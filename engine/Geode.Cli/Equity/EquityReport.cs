using System.Globalization;
using System.Text;
using Geode.Cli.Simulation.Reports;

namespace Geode.Cli.Equity;

/// <summary>How fair a planet is, for people and for programs.</summary>
internal static class EquityReport
{
    private const int Shown = 5;
    public static string Text(Fairness now, double bound, IReadOnlyList<NextRegion> next)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"The slowest place, {now.Worst.Users.Place.DisplayName}, waits {now.Ratio:0.0} times as long as the quickest, {now.Best.Users.Place.DisplayName}: {Held(now, bound)}").AppendLine();
        Table.Write(text, ["place", "geode", "share", "p99, ms"], [.. now.Cities.Select(c => (string[])[c.Users.Place.Name, c.Region, Share(c.Users.Share), Ms(c.P99Ms)])]);
        if (next.Count == 0)
            return text.AppendLine("The planet has every Azure region.").ToString();
        text.AppendLine(CultureInfo.InvariantCulture, $"Add {next[0].Region.Name} next: its slowest place would then wait {next[0].With.Worst.P99Ms:0} ms instead of {now.Worst.P99Ms:0}.").AppendLine();
        Table.Write(text, ["with", "slowest", "p99, ms", "ratio", "mean, ms"], [.. next.Take(Shown).Select(n =>
            (string[])[n.Region.Name, n.With.Worst.Users.Place.Name, Ms(n.With.Worst.P99Ms), Number(n.With.Ratio, "0.0"), Ms(n.With.MeanMs)])]);
        return text.ToString();
    }

    public static string Json(Fairness now, double bound, IReadOnlyList<NextRegion> next) => ReportFile.Json(new
    {
        Ratio = now.Ratio,
        Bound = bound,
        Holds = now.Ratio <= bound,
        now.MeanMs,
        Cities = now.Cities.Select(c => new { c.Users.Place.Name, c.Region, c.Users.Share, c.P99Ms }),
        Next = next.Select(n => new { n.Region.Name, n.With.Ratio, n.With.MeanMs, Slowest = n.With.Worst.Users.Place.Name, SlowestMs = n.With.Worst.P99Ms }),
    });

    private static string Held(Fairness now, double bound) => now.Ratio <= bound
        ? Number(bound, "'within the bound of '0.##'.'")
        : Number(bound, "'more than the bound of '0.##'.'");

    private static string Share(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    private static string Ms(double ms) => Number(ms, "0");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
