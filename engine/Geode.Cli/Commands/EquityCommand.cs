using System.CommandLine;
using Geode.Cli.Equity;
using Geode.Cli.Simulation.Reports;
using Geode.Cli.Traffic;
using Geode.Topology;

namespace Geode.Cli.Commands;

/// <summary><c>equity</c>: how unlike the waits of a planet's users are, and which region would help most.</summary>
internal static class EquityCommand
{
    private static readonly Option<FileInfo?> Planet = PlanetFile.Option();
    private static readonly Option<string?> Traffic = TrafficSource.Option(TrafficSource.Alike);
    private static readonly Option<double?> GeodeMs = CliOptions.Number("--geode-p99-ms", "What a geode itself takes, at the 99th percentile; 50", 0, 60_000);
    private static readonly Option<double?> Bound = CliOptions.Number("--bound", "How many times as long as the quickest place the slowest may wait; 3", 1, 1_000);
    private static readonly Option<FileInfo?> Json = CliOptions.File("--json", "Also write the figures to this file; - writes them here, and no text.");
    private static readonly Option<FileInfo?> Picture = CliOptions.File("--picture", "Also draw them: an SVG.");

    public static Command Create()
    {
        var command = new Command("equity", "Compares how long users in different places wait, against a bound, and says which region to add next.") { Planet, Traffic, GeodeMs, Bound, Json, Picture };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var planet = PlanetFile.Load(parsed.GetValue(Planet));
        var users = TrafficSource.ReadOrAlike(parsed.GetValue(Traffic));
        IReadOnlyList<(string, GeoPoint)> regions = [.. planet.Regions.Select(r => (r.Name, r.Location))];
        var (geode, bound) = (parsed.GetValue(GeodeMs) ?? 50, parsed.GetValue(Bound) ?? 3);
        if (geode == 0 && users.Any(u => regions.Any(r => Distance.OneWayDelay(u.Place.Location, r.Item2) == TimeSpan.Zero)))
            throw new CliException("A place is where a region is, so that with --geode-p99-ms 0 its wait is 0, and nothing can be compared with it. Give what a geode takes.");
        var now = Fairness.Of(CityDelay.Of(users, regions, geode));
        var next = NextRegion.All(users, regions, geode);
        ReportFile.Put(parsed.InvocationConfiguration.Output, parsed.GetValue(Json), EquityReport.Json(now, bound, next), () => EquityReport.Text(now, bound, next));
        if (parsed.GetValue(Picture) is { } picture)
            ReportFile.Write(picture, EquityPicture.Of(now, next.Count > 0 ? next[0] : null));
        return now.Ratio <= bound ? 0 : 2;
    }
}
