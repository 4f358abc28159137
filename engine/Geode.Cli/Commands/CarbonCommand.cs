using System.CommandLine;
using Geode.Cli.Carbon;
using Geode.Cli.Deployment;
using Geode.Cli.Simulation.Reports;
using Geode.Cli.Traffic;
using Geode.Topology;

namespace Geode.Cli.Commands;

/// <summary><c>carbon</c>: what a month of the planet emits, and what would be saved by going to cleaner geodes.</summary>
internal static class CarbonCommand
{
    private static readonly double[] Steps = [0, 5, 10, 25, 50, 100, 200];
    private static readonly Option<FileInfo?> Planet = CliOptions.File("--planet", "The planet; the geode.json of this folder or one above.");
    private static readonly Option<string?> Traffic = TrafficSource.Option("Without it requests come from each of the known cities alike.");
    private static readonly Option<double?> PerSecond = CliOptions.Number("--requests-per-second", "Of all places together, on average; 100", 0, 10_000_000);
    private static readonly Option<double?> ServiceMs = CliOptions.Number("--service-ms", "Mean time that an instance works on a request; 50", 0.1, 30_000);
    private static readonly Option<int?> Concurrency = CliOptions.Whole("--concurrency", "Requests that an instance works on at once; 4", 1, 1_000);
    private static readonly Option<double?> Utilisation = CliOptions.Number("--utilisation", "Of an instance at which another one comes; 0.7", 0.05, 1);
    private static readonly Option<FileInfo?> Intensity = CliOptions.File("--grid-intensity", "Your own: CSV of region,gramsPerKwh,date,source.");
    private static readonly Option<FileInfo?> Json = CliOptions.File("--json", "Also write the figures to this file; - writes them here, and no text.");

    public static Command Create()
    {
        var command = new Command("carbon", "What a month of the planet emits, by published intensity of each region's grid, and what cleaner geodes would save for how much delay.")
        {
            Planet, Traffic, PerSecond, ServiceMs, Concurrency, Utilisation, Intensity, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var planet = PlanetLoader.Load(parsed.GetValue(Planet)?.FullName ?? PlanetLoader.Nearest(Directory.GetCurrentDirectory()));
        var settings = new CarbonSettings(
            planet, TrafficSource.Read(parsed.GetValue(Traffic)) ?? Shares.Of([.. Places.All.Select(p => new UserGroup(p, 1))])!, parsed.GetValue(PerSecond) ?? 100,
            new((parsed.GetValue(ServiceMs) ?? 50) / 1000, parsed.GetValue(Concurrency) ?? 4), parsed.GetValue(Utilisation) ?? 0.7,
            PriceFiles.Read(null, parsed.GetValue(Intensity), Fleet.Shape));
        Footprint[] steps = [.. Steps.Select(extra => Footprint.Of(settings, extra))];
        ReportFile.Put(parsed.InvocationConfiguration.Output, parsed.GetValue(Json), CarbonReport.Json(settings, steps), () => CarbonReport.Text(settings, steps));
        return 0;
    }
}
