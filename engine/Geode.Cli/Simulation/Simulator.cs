using Geode.Cli.Simulation.Load;
using Geode.Cli.Simulation.Policies;
using Geode.Cli.Simulation.World;

namespace Geode.Cli.Simulation;

/// <summary>Runs a planet under a policy in virtual time. The same settings, load and seed give the same requests to every policy.</summary>
internal static class Simulator
{
    /// <param name="settings">The planet.</param>
    /// <param name="load">What comes.</param>
    /// <param name="length">How long, at most the load's length.</param>
    /// <param name="policy">Who decides.</param>
    /// <param name="cancellation">Ends it.</param>
    public static SimulationResult Run(WorldSettings settings, ILoad load, TimeSpan length, IPolicy policy, CancellationToken cancellation)
    {
        var regions = settings.Planet.Regions;
        var waits = new WaitModel(settings.Instance, settings.ServiceVariation);
        var geodes = regions.Select(_ => new GeodeModel(settings, waits)).ToArray();
        var state = new PlanetState(TimeSpan.Zero, geodes, new bool[geodes.Length], new double[geodes.Length], new double[settings.Places.Count], new(settings));
        var faults = regions.Select(r => settings.Faults.Where(f => f.Region == r.Name).ToArray()).ToArray();
        foreach (var (geode, instances) in geodes.Zip(policy.Begin()))
            geode.Begin(instances);
        Array.Fill(state.Up, true);
        var (rates, came, arrivals) = (new double[settings.Places.Count], new double[settings.Places.Count], new double[geodes.Length]);
        var (random, record) = (new Random(settings.Seed), new Recorder(geodes, length));
        for (var at = TimeSpan.Zero; at < length; at += settings.Tick)
        {
            cancellation.ThrowIfCancellationRequested();
            Fault(state, faults, at, settings);
            state = state with { At = at };
            policy.Act(state);
            load.Rates(at, rates);
            for (var place = 0; place < rates.Length; place++)
            {
                var mean = rates[place] * settings.Tick.TotalSeconds;
                state.Came[place] += came[place] = settings.Even ? mean : Normal.Poisson(random, mean);
            }

            state.Routes.Spread(came, arrivals, region => state.Up[region]);
            for (var region = 0; region < geodes.Length; region++)
            {
                state.Arrived[region] += arrivals[region];
                if (state.Up[region])
                    geodes[region].Advance(at, arrivals[region]);
            }

            record.Take(at, settings.Tick);
        }

        return SimulationResult.Of(policy, settings, state, record, length);
    }

    /// <summary>Requests per second of the busiest minute, by region, when every place goes to its nearest.</summary>
    public static double[] Peaks(WorldSettings settings, ILoad load, TimeSpan length)
    {
        var (routes, rates) = (new Routes(settings), new double[settings.Places.Count]);
        var (regions, peaks) = (new double[settings.Planet.Regions.Count], new double[settings.Planet.Regions.Count]);
        for (var at = TimeSpan.Zero; at < length; at += settings.Minute)
        {
            load.Rates(at, rates);
            routes.Spread(rates, regions, _ => true);
            for (var region = 0; region < regions.Length; region++)
                peaks[region] = Math.Max(peaks[region], regions[region]);
        }

        return peaks;
    }

    private static void Fault(PlanetState state, Fault[][] faults, TimeSpan at, WorldSettings settings)
    {
        for (var region = 0; region < faults.Length; region++)
        {
            var up = !faults[region].Any(f => f.Holds(at));
            if (up == state.Up[region])
                continue;
            state.Up[region] = up;
            if (up)
                state.Geodes[region].Set(at, Math.Max(1, settings.Planet.Regions[region].MinReplicas));
            else
                state.Geodes[region].Fail();
        }

        // With nobody there, whoever comes finds the first one gone.
        if (!state.Up.Contains(true))
            throw new CliException($"At {at} every region is gone; leave at least one up.");
    }
}
