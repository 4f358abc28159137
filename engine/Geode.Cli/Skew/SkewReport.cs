using System.Globalization;
using System.Text;
using Geode.Cli.Simulation.Reports;

namespace Geode.Cli.Skew;

internal static class SkewReport
{
    public static string Text(SkewFindings found)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"The heaviest of {found.Regions.Count} regions carries {found.Imbalance:0.0} times an even share.").AppendLine();
        Table.Write(text, ["region", "share", "places"], [.. found.Regions.Select(r => (string[])[r.Region, Percent(r.Share), r.Places.ToString(CultureInfo.InvariantCulture)])]);
        if (found.Tenants is { } tenants)
            text.AppendLine(CultureInfo.InvariantCulture, $"{tenants.Tenants} tenants; {Percent(tenants.Settled)} of the requests are of those with at least {TenantSkew.AtHome:0 %} of theirs in one region; the largest is {tenants.Largest.Name} with {Percent(tenants.Largest.Share)}.").AppendLine();
        foreach (var advice in found.Advice)
            text.AppendLine(advice);
        if (found.Advice.Count == 0)
            text.AppendLine("Nothing is skewed so that another pattern would fit better.");
        return text.ToString();
    }

    public static string Json(SkewFindings found) => ReportFile.Json(new
    {
        found.Imbalance,
        found.Regions,
        Tenants = found.Tenants is { } tenants ? new { Count = tenants.Tenants, tenants.Settled, Largest = tenants.Largest.Name, LargestShare = tenants.Largest.Share } : null,
        found.Advice,
    });

    private static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);
}
