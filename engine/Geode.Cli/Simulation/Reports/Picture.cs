namespace Geode.Cli.Simulation.Reports;

internal static class Picture
{
    public static string Of(Scenario scenario, IReadOnlyList<SimulationResult> results) => "";
}
