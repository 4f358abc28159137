using Geode.Cli.Simulation.Load;
using Geode.Cli.Simulation.Policies;
using Geode.Cli.Simulation.World;
using Geode.Foresight.Planning;
using Geode.Foresight.Steering;

namespace Geode.Cli.Simulation;

/// <summary>Everything that a simulation is made of, but for the policy.</summary>
/// <param name="World">The planet.</param>
/// <param name="Load">What comes.</param>
/// <param name="History">What came before; null: the predictive policy begins with nothing.</param>
/// <param name="Length">How long.</param>
internal sealed record Scenario(WorldSettings World, ILoad Load, ILoad? History, TimeSpan Length)
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Of an instance at which the HTTP rule wants another one.</summary>
    public double ReactiveUtilisation { get; init; } = 0.7;

    /// <summary>The same for the rule under the plans.</summary>
    public double BackstopUtilisation { get; init; } = 0.9;

    /// <summary>Whether plans keep room for the loss of a geode.</summary>
    public bool SurviveLoss { get; init; }

    public SteeringSettings Steering { get; init; } = new();

    /// <param name="policy">Its name.</param>
    /// <param name="cancellation">Ends it.</param>
    public SimulationResult Run(string policy, CancellationToken cancellation) => Simulator.Run(World, Load, Length, Create(policy, cancellation), cancellation);

    /// <summary>The reactive policy at another utilisation.</summary>
    public SimulationResult RunReactive(double utilisation, CancellationToken cancellation) =>
        Simulator.Run(World, Load, Length, new ReactivePolicy(World, Begin(), utilisation), cancellation);

    private IPolicy Create(string policy, CancellationToken cancellation) => policy switch
    {
        "fixed" => new FixedPolicy(World, Simulator.Peaks(World, Load, Length)),
        "reactive" => new ReactivePolicy(World, Begin(), ReactiveUtilisation),
        _ => Predictive(cancellation),
    };

    private PredictivePolicy Predictive(CancellationToken cancellation)
    {
        var planner = new PlanetPlanner(new(World.PlanEvery, World.Day, World.ColdStart)
        {
            Target = World.PlanTarget,
            Instance = World.Instance,
            SurviveLoss = SurviveLoss,
            Steering = Steering,
            Prices = World.Prices,
        });
        var before = History is null ? 0 : First(Load, History) - History.FirstMinute;
        if (History is not null)
            Simulation.History.Teach(planner, World, History, Epoch, cancellation);
        return new(World, Begin(), BackstopUtilisation, planner, Epoch + World.Minute * before);
    }

    /// <summary>A trace that does not say that it is later follows its history at once.</summary>
    private static long First(ILoad load, ILoad history)
    {
        var next = history.FirstMinute + history.Minutes;
        return load.FirstMinute >= next ? load.FirstMinute : next;
    }

    /// <summary>What the first minute needs: the same for all, so that none is judged by how it begins.</summary>
    private int[] Begin() => World.Needed(Simulator.Peaks(World, Load, World.Minute), World.Target);
}
