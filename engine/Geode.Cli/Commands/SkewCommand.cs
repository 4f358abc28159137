using System.CommandLine;
using Geode.Cli.Simulation.Reports;
using Geode.Cli.Skew;
using Geode.Cli.Traffic;

namespace Geode.Cli.Commands;

/// <summary><c>skew</c>: whether one region, or one tenant, carries most of the load.</summary>
internal static class SkewCommand
{
    private static readonly Option<FileInfo?> Planet = PlanetFile.Option();
    private static readonly Option<string?> Traffic = TrafficSource.Option("Needed, or --tenants.");
    private static readonly Option<FileInfo?> Tenants = CliOptions.File("--tenants", "Measured: a CSV of tenant,place,requests.");
    private static readonly Option<FileInfo?> Json = CliOptions.File("--json", "Also write the figures to this file; - writes them here, and no text.");

    public static Command Create()
    {
        var command = new Command("skew", "Says whether one region or one tenant carries most of the load, and what fits better then.") { Planet, Traffic, Tenants, Json };
        command.Validators.Add(result =>
        {
            if (result.GetResult(Traffic) is null == result.GetResult(Tenants) is null)
                result.AddError("skew needs either --traffic FILE|URL or --tenants FILE.");
        });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var planet = PlanetFile.Load(parsed.GetValue(Planet));
        var tenants = parsed.GetValue(Tenants) is { } file ? TenantRow.Read(file) : null;
        var users = tenants is null ? TrafficSource.Read(parsed.GetValue(Traffic))! : TenantRow.Users(tenants);
        var found = SkewFindings.Of(RegionLoad.Of(users, planet), tenants is null ? null : TenantSkew.Of(tenants, planet));
        ReportFile.Put(parsed.InvocationConfiguration.Output, parsed.GetValue(Json), SkewReport.Json(found), () => SkewReport.Text(found));
        return found.Advice.Count == 0 ? 0 : 2;
    }
}
