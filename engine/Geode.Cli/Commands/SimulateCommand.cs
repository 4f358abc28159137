using System.CommandLine;
using Geode.Cli.Simulation;
using Geode.Cli.Simulation.Reports;

namespace Geode.Cli.Commands;

/// <summary><c>simulate</c>: the planet under several policies in virtual time.</summary>
internal static class SimulateCommand
{
    /// <summary>Where the reactive policy's frontier is looked at.</summary>
    private static readonly double[] Frontier = [0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9];

    public static Command Create()
    {
        var options = new SimulateOptions();
        var command = new Command("simulate", "Compares policies of scaling on a planet in virtual time: requests over target, instance-hours, cost, carbon.");
        foreach (var option in options.All)
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(options.Trace) is null == result.GetResult(options.Profile) is null)
                result.AddError("simulate needs either --trace FILE or --profile follow-the-sun.");
            if (result.GetResult(options.History) is not null && result.GetResult(options.Trace) is null)
                result.AddError("--history goes with --trace.");
            if (result.GetResult(options.Planet) is not null && result.GetResult(options.Geodes) is not null)
                result.AddError("--planet and --geodes exclude each other.");
        });
        command.SetAction((parsed, cancellation) =>
        {
            Run(parsed, options, cancellation);
            return Task.FromResult(0);
        });
        return command;
    }

    private static void Run(ParseResult parsed, SimulateOptions options, CancellationToken cancellation)
    {
        var scenario = ScenarioReader.Read(parsed, options);
        List<SimulationResult> results = [];
        foreach (var policy in SimulateOptions.Policies.Intersect(parsed.GetValue(options.PolicyList)!))
            results.Add(scenario.Run(policy, cancellation));
        var frontier = parsed.GetValue(options.Frontier)
            ? Frontier.Select(u => (Utilisation: u, Result: scenario.RunReactive(u, cancellation))).ToArray()
            : [];
        ReportFile.Put(
            parsed.InvocationConfiguration.Output, parsed.GetValue(options.Json), JsonReport.Of(scenario, results, frontier), () => TableReport.Of(scenario, results, frontier));
        if (parsed.GetValue(options.Picture) is { } picture)
            ReportFile.Write(picture, Picture.Of(scenario, results));
    }
}
