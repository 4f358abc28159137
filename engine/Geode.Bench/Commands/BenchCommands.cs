using System.CommandLine;
using Geode.Bench.Anomalies;
using Geode.Bench.Drills;
using Geode.Bench.Forecasts;
using Geode.Bench.Personal;
using Geode.Bench.Vectors;

namespace Geode.Bench.Commands;

internal static class BenchCommands
{
    public static RootCommand Root()
    {
        var root = new RootCommand("Measures the planet's parts on this machine. Build with -c Release; figures compare only within one run.")
        {
            BackplaneCommand.Create(),
            StartCommand.Create(),
            MemoryCommand.Create(),
            VisibilityCommand.Create(),
            AnomaliesCommand.Create(),
            VectorsCommand.Create(),
            ForecastCommand.Create(),
            PersonalCommand.Create(),
            DrillCommands.Crash(),
            DrillCommands.Regions(),
            DrillCommands.ManyRegions(),
            SurgeCommand.Create(),
            NullServerCommand.Create(),
        };
        foreach (var command in SelfParsed())
            root.Add(Wrap(command));
        return root;
    }

    // These read their own arguments; a command without a summary is only started by another one.
    private static IEnumerable<IBenchCommand> SelfParsed() => typeof(IBenchCommand).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IBenchCommand)))
        .Select(type => (IBenchCommand)Activator.CreateInstance(type)!)
        .OrderBy(command => command.Name, StringComparer.Ordinal);

    private static Command Wrap(IBenchCommand inner)
    {
        var command = new Command(inner.Name, inner.Summary ?? "") { TreatUnmatchedTokensAsErrors = false, Hidden = inner.Summary is null };
        command.SetAction((parsed, stop) => inner.RunAsync([.. parsed.UnmatchedTokens], stop));
        return command;
    }
}
