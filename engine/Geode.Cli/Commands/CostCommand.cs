using System.CommandLine;
using Geode.Cli.Cost;
using Geode.Cli.Equity;
using Geode.Cli.Simulation.Reports;
using Geode.Foresight.Costs;
using Geode.Topology;

namespace Geode.Cli.Commands;

/// <summary><c>cost</c>: what a month of the planet costs, against one region and against one more.</summary>
internal static class CostCommand
{
    private static readonly WorkloadOptions Load = new();
    private static readonly Option<double?> WriteShare = CliOptions.Number("--write-share", "Of all requests; 0.1", 0, 1);
    private static readonly Option<double?> ReadUnits = CliOptions.Number("--read-ru", "Request units of a request that reads; 5", 0, 1_000_000);
    private static readonly Option<double?> WriteUnits = CliOptions.Number("--write-ru", "Request units of a request that writes, in each region; 30", 0, 1_000_000);
    private static readonly Option<double?> Ceiling = CliOptions.Number("--max-throughput", "Autoscale ceiling of the database, RU/s; 1000", 1000, 100_000_000);
    private static readonly Option<double?> Stored = CliOptions.Number("--stored-gb", "Kept in the database, with indexes; 10", 0, 1_000_000);
    private static readonly Option<double?> Response = CliOptions.Number("--response-kb", "Sent to a client by a request; 10", 0, 1_000_000);
    private static readonly Option<double?> Logs = CliOptions.Number("--logs-gb", "Logs, traces and metrics of a region in a month; 5", 0, 1_000_000);
    private static readonly Option<FileInfo?> Prices = CliOptions.File("--prices", "Your own prices: CSV of meter,region,price,date,source, such as 'prices update' writes.");
    private static readonly Option<FileInfo?> Json = CliOptions.File("--json", "Also write the figures to this file; - writes them here, and no text.");

    public static Command Create()
    {
        var command = new Command("cost", "What a month of the planet costs at this traffic, by list prices, against one region and against one region more.")
        {
            WriteShare, ReadUnits, WriteUnits, Ceiling, Stored, Response, Logs, Prices, Json,
        };
        foreach (var option in Load.All)
            command.Options.Add(option);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var settings = new CostSettings(Load.Read(parsed), PriceFiles.Read(parsed.GetValue(Prices)) ?? PriceList.Shipped);
        settings = settings with
        {
            WriteShare = parsed.GetValue(WriteShare) ?? settings.WriteShare,
            ReadUnits = parsed.GetValue(ReadUnits) ?? settings.ReadUnits,
            WriteUnits = parsed.GetValue(WriteUnits) ?? settings.WriteUnits,
            Ceiling = parsed.GetValue(Ceiling) ?? settings.Ceiling,
            StoredGb = parsed.GetValue(Stored) ?? settings.StoredGb,
            ResponseKb = parsed.GetValue(Response) ?? settings.ResponseKb,
            LogsGb = parsed.GetValue(Logs) ?? settings.LogsGb,
        };
        var (cost, others) = (MonthlyCost.Of(settings), Others(settings).ToList());
        ReportFile.Put(parsed.InvocationConfiguration.Output, parsed.GetValue(Json), CostReport.Json(settings, cost, others), () => CostReport.Text(settings, cost, others));
        return 0;
    }

    private static IEnumerable<(string, MonthlyCost)> Others(CostSettings settings)
    {
        var planet = settings.Load.Planet;
        if (planet.Regions.Count > 1)
            yield return ($"{planet.Regions[0].Name} alone", With([planet.Regions[0]]));
        if (NextRegion.All(settings.Load.Users, [.. planet.Regions.Select(r => (r.Name, r.Location))], 50) is [var next, ..])
        {
            var region = new Region(next.Region.Name, next.Region.DisplayName, next.Region.Latitude, next.Region.Longitude, planet.Regions.Count);
            yield return ($"with {next.Region.Name} besides", With([.. planet.Regions, region]));
        }

        MonthlyCost With(IReadOnlyList<Region> regions) => MonthlyCost.Of(settings with { Load = settings.Load with { Planet = planet with { Regions = regions } } });
    }
}
