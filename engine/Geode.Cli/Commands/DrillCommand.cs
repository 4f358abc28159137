using System.CommandLine;
using Geode.Cli.Drill;
using Geode.Cli.Simulation.Reports;
using Geode.Cli.Traffic;
using Geode.Topology;

namespace Geode.Cli.Commands;

/// <summary><c>drill</c>: a planet that runs loses a geode under load.</summary>
internal static class DrillCommand
{
    private const string LocalControl = "http://127.0.0.1:8079";

    private static readonly Option<string> Region = new("--region") { Description = "Whose geode is lost.", HelpName = "REGION", Required = true };
    private static readonly Option<string?> Control = new("--control") { Description = $"The planet's control API; {LocalControl}.", HelpName = "URL" };
    private static readonly Option<string?> Fault = CliOptions.Word("--fault", "How it is lost; kill.", [.. DrillSettings.Faults]);
    private static readonly Option<string?> Path = new("--path") { Description = "What clients read; /.", HelpName = "PATH" };
    private static readonly Option<string[]?> From = new("--from")
    {
        Description = "Where clients are: cities or Azure regions, separated by commas; without it where the planet's regions are.",
        HelpName = "LIST",
        CustomParser = result =>
        {
            string[] given = [.. result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
            foreach (var unknown in given.Where(name => Places.Find(name) is null))
                result.AddError($"--from does not know '{unknown}'; allowed are cities, such as amsterdam, and Azure regions.");
            if (given.Length == 0)
                result.AddError("--from needs at least one place, such as amsterdam.");
            return given;
        },
    };

    private static readonly Option<int?> Rate = CliOptions.Whole("--rate", "Requests per second of each place; 10", 1, 1_000);
    private static readonly Option<int?> Seconds = CliOptions.Whole("--seconds", "How long it is away; 15", 1, 3_600);
    private static readonly Option<int?> Allowed = CliOptions.Whole("--allowed", "Failed requests that are forgiven; 0", 0, 1_000_000);
    private static readonly Option<FileInfo?> Json = CliOptions.File("--json", "Also write the figures to this file; - writes them here, and no text.");

    public static Command Create()
    {
        var command = new Command("drill", "Loses a geode of a planet that runs while clients read, brings it back, and says what they noticed.") { Region, Control, Fault, Path, From, Rate, Seconds, Allowed, Json };
        command.Validators.Add(result =>
        {
            if (result.GetResult(Control) is not null && result.GetValue(Control) is { } control && TrafficSource.Router(control) is null)
                result.AddError($"--control is an address such as {LocalControl}, not '{control}'.");
            if (result.GetResult(Path) is not null && result.GetValue(Path) is { } path && !path.StartsWith('/'))
                result.AddError($"--path begins with /, unlike '{path}'.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = new DrillSettings(
            new Uri(parsed.GetValue(Control) ?? LocalControl), parsed.GetValue(Region)!, parsed.GetValue(Fault) ?? DrillSettings.Faults[0], parsed.GetValue(Path) ?? "/",
            parsed.GetValue(From) ?? [], parsed.GetValue(Rate) ?? 10, TimeSpan.FromSeconds(parsed.GetValue(Seconds) ?? 15), parsed.GetValue(Allowed) ?? 0);
        var result = await DrillRun.RunAsync(settings, cancellation);
        ReportFile.Put(parsed.InvocationConfiguration.Output, parsed.GetValue(Json), DrillReport.Json(result), () => DrillReport.Text(result));
        return result.Passed ? 0 : 2;
    }
}
