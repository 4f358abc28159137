using System.CommandLine;

namespace Geode.Cli.Commands;

internal static class CliCommands
{
    /// <summary>All there is.</summary>
    public static RootCommand Root() => new("Answers questions about a planet, from its geode.json.")
    {
        FitCommand.Create(), CostCommand.Create(), CarbonCommand.Create(), EquityCommand.Create(), SkewCommand.Create(), SimulateCommand.Create(), DrillCommand.Create(), PricesCommand.Create(),
    };
}
