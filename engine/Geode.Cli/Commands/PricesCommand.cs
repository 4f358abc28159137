using System.CommandLine;
using Geode.Cli.Prices;
using Geode.Cli.Simulation.Reports;
using Geode.Topology;

namespace Geode.Cli.Commands;

/// <summary><c>prices update</c>: a dated table of prices from Azure's public list. Nothing else of this tool asks anybody.</summary>
internal static class PricesCommand
{
    private static readonly Uri Public = new("https://prices.azure.com/api/retail/prices");
    private static readonly Option<FileInfo?> Planet = PlanetFile.Option("For whose regions");
    private static readonly Option<bool> All = new("--all-regions") { Description = "For every Azure region." };
    private static readonly Option<FileInfo> Out = new("--out") { Description = "The table that is written.", HelpName = "FILE", DefaultValueFactory = _ => new("azure-prices.csv") };
    private static readonly Option<Uri> List = new("--list") { Description = $"Another price list with the same interface; {Public}", HelpName = "URL", DefaultValueFactory = _ => Public };

    public static Command Create()
    {
        List.CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : Wrong(result);
        var update = new Command("update", "Asks Azure's public price list, and writes a dated table for cost and simulate.") { Planet, All, Out, List };
        update.SetAction(RunAsync);
        return new("prices", "Tables of prices.") { update };
    }

    private static Uri? Wrong(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"--list is an address that begins with http:// or https://, not '{result.Tokens[0].Value}'.");
        return null;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        IReadOnlyList<string> regions = parsed.GetValue(All)
            ? [.. AzureRegions.All.Select(r => r.Name)]
            : PlanetFile.Load(parsed.GetValue(Planet)).RegionNames;
        var (list, file) = (parsed.GetValue(List)!, parsed.GetValue(Out)!);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        var (csv, missing) = await PriceTable.AskAsync(new(http, list), list, regions, DateOnly.FromDateTime(DateTime.UtcNow), cancellation);
        ReportFile.Write(file, csv);
        var output = parsed.InvocationConfiguration.Output;
        await output.WriteLineAsync($"{file.FullName}: {csv.Count(c => c == '\n') - 1} prices.");
        foreach (var line in missing)
            await output.WriteLineAsync($"The list has no price of {line}.");
        return 0;
    }
}
