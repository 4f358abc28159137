using Geode.Cli.Simulation.Load;
using Geode.Cli.Simulation.World;
using Geode.Foresight.Planning;

namespace Geode.Cli.Simulation;

/// <summary>Lets a planner learn from a load that was before the simulation, as if it had watched it, minute by minute.</summary>
internal static class History
{
    /// <param name="planner">That learns.</param>
    /// <param name="settings">The planet.</param>
    /// <param name="load">What was.</param>
    /// <param name="epoch">Its begin, as the planner counts time.</param>
    /// <param name="cancellation">Ends it.</param>
    public static void Teach(PlanetPlanner planner, WorldSettings settings, ILoad load, DateTimeOffset epoch, CancellationToken cancellation)
    {
        var (routes, rates, loads) = (new Routes(settings), new double[settings.Places.Count], new double[settings.Planet.Regions.Count]);
        for (var at = TimeSpan.Zero; at < load.Length; at += settings.Minute)
        {
            cancellation.ThrowIfCancellationRequested();
            load.Rates(at, rates);
            routes.Spread(rates, loads, _ => true);
            planner.Learn(new(epoch + at, [.. settings.Planet.Regions.Select((r, i) =>
                new RegionObservation(r.Name, epoch + at, loads[i], 0, 0, 0, null, null, 0, 0, new(r.MinReplicas, r.MaxReplicas)))], []));
        }
    }
}
