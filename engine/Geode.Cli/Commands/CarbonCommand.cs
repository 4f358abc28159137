using System.CommandLine;
using Geode.Cli.Carbon;
using Geode.Cli.Deployment;
using Geode.Cli.Simulation.Reports;

namespace Geode.Cli.Commands;

/// <summary><c>carbon</c>: what a month of the planet emits, and what would be saved by going to cleaner geodes.</summary>
internal static class CarbonCommand
{
    private static readonly double[] Steps = [0, 5, 10, 25, 50, 100, 200];
    private static readonly WorkloadOptions Load = new();
    private static readonly Option<FileInfo?> Intensity = CliOptions.File("--grid-intensity", "Your own: CSV of region,gramsPerKwh,date,source.");
    private static readonly Option<FileInfo?> Json = CliOptions.File("--json", "Also write the figures to this file; - writes them here, and no text.");

    public static Command Create()
    {
        var command = new Command("carbon", "What a month of the planet emits, by published intensity of each region's grid, and what cleaner geodes would save for how much delay.")
        {
            Intensity, Json,
        };
        foreach (var option in Load.All)
            command.Options.Add(option);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var settings = new CarbonSettings(Load.Read(parsed), PriceFiles.Read(null, parsed.GetValue(Intensity), Fleet.Shape));
        Footprint[] steps = [.. Steps.Select(extra => Footprint.Of(settings, extra))];
        ReportFile.Put(parsed.InvocationConfiguration.Output, parsed.GetValue(Json), CarbonReport.Json(settings, steps), () => CarbonReport.Text(settings, steps));
        return 0;
    }
}
