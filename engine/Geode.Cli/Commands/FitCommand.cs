using System.CommandLine;
using Geode.Cli.Fit;
using Geode.Cli.Simulation.Reports;
using Geode.Cli.Traffic;

namespace Geode.Cli.Commands;

/// <summary><c>fit</c>: whether the Geode pattern is right for a system, and what is where it is not.</summary>
internal static class FitCommand
{
    private static readonly Argument<FileInfo?> Description = new("description") { Description = "A JSON file that describes the system. Without it you are asked.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Traffic = TrafficSource.Option("It stands for the description's users.");
    private static readonly Option<FileInfo?> Json = CliOptions.File("--json", "Also write the verdict to this file; - writes it here, and no text.");

    public static Command Create()
    {
        var command = new Command("fit", "Says whether the Geode pattern fits a system: yes, partly or no, by which criteria, and what to use instead.") { Description, Traffic, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        var traffic = TrafficSource.Read(parsed.GetValue(Traffic));
        var system = parsed.GetValue(Description) is { } file
            ? DescriptionReader.Read(InputFile.Read(file), file.Name, traffic)
            : new Interview(Console.In, Console.Error).Ask(traffic);
        var verdict = Verdict.Of(system);
        ReportFile.Put(output, parsed.GetValue(Json), FitReport.Json(system, verdict), () => FitReport.Text(system, verdict));
        return 0;
    }
}
