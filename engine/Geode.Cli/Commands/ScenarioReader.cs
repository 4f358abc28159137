using System.CommandLine;
using Geode.Cli.Simulation;
using Geode.Cli.Simulation.Load;
using Geode.Cli.Simulation.World;
using Geode.Foresight.Scaling;
using Geode.Foresight.Steering;
using Geode.Topology;

namespace Geode.Cli.Commands;

/// <summary>From options to what is simulated.</summary>
internal static class ScenarioReader
{
    private const double PeakWithoutTrace = 3_000;
    private const int AsManyAsItTakes = 10_000;

    /// <exception cref="CliException">One line that names what is wrong and what is allowed.</exception>
    /// <exception cref="PlanetException">The same for the planet's file.</exception>
    public static Scenario Read(ParseResult parsed, SimulateOptions options)
    {
        var world = World(parsed, options);
        var (load, history) = Loads(parsed, options, world);
        var length = parsed.GetValue(options.Hours) is { } hours ? TimeSpan.FromHours(hours) : load.Length;
        if (length > load.Length)
            throw new CliException($"--hours {length.TotalHours:0.##} is longer than the trace, which has {load.Length.TotalHours:0.##}.");
        return new(world, load, history, length)
        {
            ReactiveUtilisation = world.Target.Utilisation,
            BackstopUtilisation = parsed.GetValue(options.Backstop) ?? 0.9,
            SurviveLoss = parsed.GetValue(options.SurviveLoss),
            Steering = new(parsed.GetValue(options.Prefer) switch { "cost" => SteeringPreference.Cost, "carbon" => SteeringPreference.Carbon, _ => SteeringPreference.Latency }, parsed.GetValue(options.ExtraMs) ?? 0),
        };
    }

    private static WorldSettings World(ParseResult parsed, SimulateOptions options)
    {
        var planet = Planet(parsed, options);
        var day = TimeSpan.FromSeconds(parsed.GetValue(options.Day) ?? 86_400);
        return new(planet, [.. Places.All])
        {
            Instance = new((parsed.GetValue(options.ServiceMs) ?? 50) / 1000, parsed.GetValue(options.Concurrency) ?? 4),
            Target = new(parsed.GetValue(options.TargetMs) ?? 250, 0.99, parsed.GetValue(options.Reactive) ?? 0.7),
            PlanUtilisation = parsed.GetValue(options.PlanUtilisation) ?? 0.9,
            ColdStart = TimeSpan.FromSeconds(parsed.GetValue(options.ColdStart) ?? 60),
            Day = day,
            // A short day has short steps, but never so short that nothing comes in one.
            Tick = TimeSpan.FromSeconds(Math.Clamp(day.TotalSeconds / 2880, 0.25, 5)),
            Faults = [.. (parsed.GetValue(options.Faults) ?? []).Select(f => FaultReader.Read(f, planet))],
            Prices = PriceFiles.Read(parsed.GetValue(options.Prices), parsed.GetValue(options.Intensity), new()),
            Seed = parsed.GetValue(options.Seed) ?? 1,
        };
    }

    private static Planet Planet(ParseResult parsed, SimulateOptions options)
    {
        var file = parsed.GetValue(options.Planet);
        var planet = parsed.GetValue(options.Geodes) is { } geodes
            ? new Planet { Name = $"{geodes}-geodes", Regions = SpreadOut.Take(geodes) }
            : PlanetFile.Load(file);
        var most = parsed.GetValue(options.Most) ?? (file is null ? AsManyAsItTakes : null as int?);
        return most is null ? planet : planet with { Regions = [.. planet.Regions.Select(r => r with { MaxReplicas = most.Value, MinReplicas = Math.Min(r.MinReplicas, most.Value) })] };
    }

    private static (ILoad Load, ILoad? History) Loads(ParseResult parsed, SimulateOptions options, WorldSettings world)
    {
        var peak = parsed.GetValue(options.Peak);
        if (parsed.GetValue(options.Trace) is not { } file)
            return (new SunLoad(world.Places, peak ?? PeakWithoutTrace, TimeSpan.FromHours(parsed.GetValue(options.Hours) ?? 24 * (world.Day / TimeSpan.FromDays(1))), world.Day), null);
        var trace = TraceFile.Read(file);
        var scale = peak is { } given ? given * world.Minute.TotalSeconds / trace.Requests.Max() : 1;
        var before = parsed.GetValue(options.History) is { } history ? TraceFile.Read(history) : null;
        return (new TraceLoad(trace, world.Places.Count, scale, world.Minute), before is null ? null : new TraceLoad(before, world.Places.Count, scale, world.Minute));
    }
}
