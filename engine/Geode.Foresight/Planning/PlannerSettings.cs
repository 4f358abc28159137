using Geode.Foresight.Costs;
using Geode.Foresight.Scaling;
using Geode.Foresight.Steering;

namespace Geode.Foresight.Planning;

/// <param name="Step">Between two observations.</param>
/// <param name="Day">How long a day of the load is: 24 hours, or less where a day is compressed.</param>
/// <param name="ColdStart">From the decision for an instance until it serves.</param>
public sealed record PlannerSettings(TimeSpan Step, TimeSpan Day, TimeSpan ColdStart)
{
    /// <summary>What capacity is planned for.</summary>
    public ServiceTarget Target { get; init; } = new();

    /// <summary>What an instance can do before anything was seen of it; its concurrency counts always.</summary>
    public InstanceRate Instance { get; init; } = new(0.05, 8);

    /// <summary>A plan goes down only to the most that it wanted within this time.</summary>
    public TimeSpan Stabilization { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>A region whose report is older is left as it is.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether there shall be room for the load of any one geode that is lost.</summary>
    public bool SurviveLoss { get; init; } = true;

    /// <summary>Where requests go beyond the nearest geode.</summary>
    public SteeringSettings Steering { get; init; } = new();

    /// <summary>What instances cost and emit; null: nothing is preferred for it.</summary>
    public PlanPrices? Prices { get; init; }

    /// <summary>From an observation until what is decided on it serves.</summary>
    internal TimeSpan Ready => ColdStart + Step;

    /// <summary>Step of the forecast series: a minute of a whole day, or the same part of a shorter one, but not less than a step.</summary>
    internal TimeSpan SeriesStep => TimeSpan.FromTicks(Math.Max(Step.Ticks, Day.Ticks / 1440));

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Step, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Day, Step);
        ArgumentOutOfRangeException.ThrowIfLessThan(ColdStart, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Stabilization, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(StaleAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Instance.ServiceSeconds, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(Instance.Concurrency, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Steering.ExtraMilliseconds);
        Target.Check();
    }
}
