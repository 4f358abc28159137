using Geode.Foresight.Costs;
using Geode.Foresight.Scaling;
using Geode.Topology;

namespace Geode.Cli.Simulation.World;

/// <summary>The planet that is simulated, and how things behave in it.</summary>
/// <param name="Planet">Its regions, links and limits.</param>
/// <param name="Places">Where clients are.</param>
internal sealed record WorldSettings(Planet Planet, IReadOnlyList<Place> Places)
{
    /// <summary>What an instance can do.</summary>
    public InstanceRate Instance { get; init; } = new(0.05, 4);

    /// <summary>Standard deviation of service times by their mean: they are log-normal.</summary>
    public double ServiceVariation { get; init; } = 0.5;

    /// <summary>In what time a geode shall answer, and how full an instance may be.</summary>
    public ServiceTarget Target { get; init; } = new(250, 0.99, 0.7);

    /// <summary>How full an instance may be where its load is foreseen: by plans, and by who knows the peak.</summary>
    public double PlanUtilisation { get; init; } = 0.9;

    /// <summary>The target with it.</summary>
    public ServiceTarget PlanTarget => Target with { Utilisation = PlanUtilisation };

    /// <summary>From the decision for an instance until it serves.</summary>
    public TimeSpan ColdStart { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A client gives up after waiting so long.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a day of the load is.</summary>
    public TimeSpan Day { get; init; } = TimeSpan.FromDays(1);

    /// <summary>A minute of that day.</summary>
    public TimeSpan Minute => Day / 1440;

    /// <summary>Between two plans, as the steward makes them.</summary>
    public TimeSpan PlanEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Of the HTTP scale rule.</summary>
    public TimeSpan Polling { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Of the same rule: so long must fewer instances have been enough, before there are fewer.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Requests come evenly, as from clients that keep their pace, and not by chance, as from many people.</summary>
    public bool Even { get; init; }

    /// <summary>Steps of virtual time. Within one, rates and instances are what they are at its begin.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What goes wrong, and when.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>What instances cost and emit.</summary>
    public PlanPrices Prices { get; init; } = PlanPrices.Shipped(new());

    /// <summary>Of all that is drawn by chance.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Instances that serve so many requests per second within the target, by region and within its limits.</summary>
    public int[] Needed(double[] perSecond, ServiceTarget target) =>
        [.. Planet.Regions.Select((r, i) => Math.Clamp(Staffing.Instances(perSecond[i], Instance, target), r.MinReplicas, r.MaxReplicas))];
}

/// <summary>A region is gone for a time: its instances are lost, and those that come after it start cold.</summary>
/// <param name="Region">Its name.</param>
/// <param name="From">Since the begin of the simulation.</param>
/// <param name="Duration">How long.</param>
internal sealed record Fault(string Region, TimeSpan From, TimeSpan Duration)
{
    public bool Holds(TimeSpan at) => at >= From && at < From + Duration;
}
