namespace Geode.Cli.Simulation.Reports;

/// <summary>The figures for other programs.</summary>
internal static class JsonReport
{
    public static string Of(Scenario scenario, IReadOnlyList<SimulationResult> results, IReadOnlyList<(double Utilisation, SimulationResult Result)> frontier) => ReportFile.Json(new
    {
        Geodes = scenario.World.Planet.Regions.Count,
        Hours = scenario.Length.TotalHours,
        TargetMs = scenario.World.Target.Milliseconds,
        scenario.World.Target.Utilisation,
        scenario.ReactiveUtilisation,
        scenario.BackstopUtilisation,
        ServiceMs = scenario.World.Instance.ServiceSeconds * 1000,
        scenario.World.Instance.Concurrency,
        ColdStartSeconds = scenario.World.ColdStart.TotalSeconds,
        DaySeconds = scenario.World.Day.TotalSeconds,
        scenario.World.Seed,
        Policies = results.Select(r => r with { Points = [] }),
        Frontier = frontier.Select(f => new { f.Utilisation, f.Result.Late, f.Result.InstanceHours }),
        Points = results.ToDictionary(r => r.Policy, r => r.Points),
    });
}
