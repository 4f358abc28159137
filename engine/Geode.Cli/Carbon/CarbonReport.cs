using System.Globalization;
using System.Text;
using Geode.Cli.Deployment;
using Geode.Cli.Simulation.Reports;

namespace Geode.Cli.Carbon;

internal static class CarbonReport
{
    /// <param name="steps">The first is the planet as it is: every place at its nearest.</param>
    public static string Text(CarbonSettings settings, IReadOnlyList<Footprint> steps)
    {
        var (now, text) = (steps[0], new StringBuilder());
        text.AppendLine(CultureInfo.InvariantCulture, $"A month of this planet at {settings.Load.PerSecond:0.##} requests per second: {now.Kilograms:0.0} kg CO₂e.").AppendLine();
        Table.Write(text, ["region", "requests/s", "instances", "kg CO₂e"], [.. now.Regions.Select(r =>
            (string[])[r.Region, Number(r.PerSecond, "0.##"), Number(r.Instances, "0.0"), r.Kilograms is { } kilograms ? Number(kilograms, "0.00") : "unknown"])]);
        text.AppendLine("When each place may go to a cleaner geode within so much more delay, one way:").AppendLine();
        Table.Write(text, ["extra, ms", "kg CO₂e", "saved", "mean way, ms", "more, ms"], [.. steps.Select(s =>
            (string[])[Number(s.ExtraMs, "0"), Number(s.Kilograms, "0.0"), Percent(Saved(now, s)), Number(s.MeanMs, "0"), Number(s.MeanMs - now.MeanMs, "0")])]);
        foreach (var region in settings.Load.Planet.Regions)
            text.AppendLine(settings.Prices.Sources(region.Name)[1]);
        return text.AppendLine().AppendLine("Instances of Api and Worker; not the database, the network, nor the making of the machines.").ToString();
    }

    public static string Json(CarbonSettings settings, IReadOnlyList<Footprint> steps) => ReportFile.Json(new
    {
        settings.Load.PerSecond,
        ServiceMs = settings.Load.Instance.ServiceSeconds * 1000,
        settings.Load.Instance.Concurrency,
        settings.Load.Utilisation,
        Fleet.Hours,
        Steps = steps.Select(s => new { s.ExtraMs, s.Kilograms, Saved = Saved(steps[0], s), s.MeanMs, s.Regions }),
        Sources = settings.Load.Planet.Regions.Select(r => settings.Prices.Sources(r.Name)[1]),
    });

    private static double Saved(Footprint now, Footprint then) => now.Kilograms > 0 ? 1 - then.Kilograms / now.Kilograms : 0;

    private static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
