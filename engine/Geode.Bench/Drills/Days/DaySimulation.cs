using Geode.Cli.Simulation;
using Geode.Cli.Simulation.Load;
using Geode.Cli.Simulation.Policies;
using Geode.Cli.Simulation.World;
using Geode.Foresight.Planning;
using Geode.Foresight.Profiles;
using Geode.Topology;

namespace Geode.Bench.Drills.Days;

/// <summary>The same day in virtual time, by the code of <c>geode simulate</c>.</summary>
internal static class DaySimulation
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // As a simulated client.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <param name="shape">The day.</param>
    /// <param name="planet">That the real processes run.</param>
    /// <param name="measured">Of them.</param>
    /// <param name="cancellation">Ends it.</param>
    public static DayOutcome Run(DayShape shape, Planet planet, DayMeasured measured, CancellationToken cancellation)
    {
        var scale = planet.Scale;
        var world = new WorldSettings(
            planet with { Regions = [.. planet.Regions.Select(r => r with { MinReplicas = scale.LeastOf(r), MaxReplicas = scale.MostOf(r) })] }, shape.Cities)
        {
            Instance = new(measured.ServiceMilliseconds / 1000, Environment.ProcessorCount),
            ServiceVariation = measured.Variation,
            Target = new(shape.TargetMilliseconds, 0.99, 0.7),
            ColdStart = TimeSpan.FromSeconds(measured.ColdStartSeconds),
            Patience = Patience,
            Day = shape.Length,
            Polling = TimeSpan.FromSeconds(scale.PollSeconds),
            CoolDown = TimeSpan.FromSeconds(scale.CooldownSeconds),
            Tick = TimeSpan.FromMilliseconds(250),
            Even = true,
        };
        var curve = new InstanceCurve();
        var policy = new Watched(Policy(shape, planet, world), state => curve.Add(state.At, [.. state.Geodes.Select(geode => geode.Running + geode.Starting)]));
        var result = Simulator.Run(world, new Sun(shape), shape.Length, policy, cancellation);
        return new(
            [.. DayShape.Regions.Select((name, i) => new RegionOutcome(name, result.Regions[i].Requests, curve.Mean(i, TimeSpan.Zero, shape.Length) * shape.Length.TotalMinutes))],
            result.Requests > 0 ? result.Late / result.Requests : 0, curve);
    }

    // The rule is given by requests per second, and the simulation asks for it as a share of what an instance can do.
    private static IPolicy Policy(DayShape shape, Planet planet, WorldSettings world)
    {
        var (begin, utilisation) = (planet.Regions.Select(_ => 1).ToArray(), planet.Scale.ConcurrentRequests / world.Instance.PerSecond);
        return shape.Mode is "act"
            ? new PredictivePolicy(
                world, begin, utilisation,
                new PlanetPlanner(new(world.PlanEvery, TimeSpan.FromMinutes(planet.Steward.DayMinutes), TimeSpan.FromSeconds(planet.Steward.ColdStartSeconds))), Epoch)
            : new ReactivePolicy(world, begin, utilisation);
    }

    /// <summary>What the clients of each city ask, hour by hour.</summary>
    internal sealed class Sun(DayShape shape) : ILoad
    {
        public TimeSpan Length => shape.Length;

        public long FirstMinute => 0;

        public long Minutes => 1440;

        public void Rates(TimeSpan at, double[] rates)
        {
            var hour = shape.Day.HourAt(at);
            for (var place = 0; place < rates.Length; place++)
                rates[place] = shape.RequestsOfCity * DayProfile.Factor(DayProfile.LocalHour(hour, shape.Cities[place].Location.Longitude));
        }
    }

    private sealed class Watched(IPolicy inner, Action<PlanetState> look) : IPolicy
    {
        public string Name => inner.Name;

        public IReadOnlyList<int> Begin() => inner.Begin();

        public void Act(PlanetState state)
        {
            inner.Act(state);
            look(state);
        }
    }
}
