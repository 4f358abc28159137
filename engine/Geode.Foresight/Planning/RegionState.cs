using Geode.Foresight.Anomalies;
using Geode.Foresight.Forecasting;
using Geode.Foresight.Scaling;

namespace Geode.Foresight.Planning;

/// <summary>What a planner has learned of one region.</summary>
internal sealed class RegionState(PlannerSettings settings)
{
    private readonly ServiceTime _service = new(settings.Instance.ServiceSeconds);

    public LoadSeries Load { get; } = new(settings.SeriesStep, settings.Day, settings.Ready + settings.SeriesStep, true);

    public StabilizedCount Count { get; } = new(settings.Stabilization);

    /// <summary>What one instance can do, as far as is known.</summary>
    public InstanceRate Instance => new(_service.Seconds, settings.Instance.Concurrency);

    /// <summary>When it last had anything to do, or was first seen.</summary>
    public DateTimeOffset BusyAt { get; private set; }

    /// <summary>Takes a report that is new.</summary>
    /// <param name="region">The report.</param>
    /// <param name="ownLoad">Requests per second that are its own: as if nothing were steered.</param>
    public void Observe(RegionObservation region, double ownLoad)
    {
        Load.Observe(region.ReportedAt!.Value, ownLoad);
        if (BusyAt == default || ownLoad > 0 || region.RequestsPerSecond > 0 || region.InFlight > 0)
            BusyAt = region.ReportedAt.Value;
        var busy = region.InFlight >= (double)region.Running * settings.Instance.Concurrency;
        _service.Observe(region.RequestsPerSecond, region.InFlight, busy || region.P99Milliseconds > settings.Target.Milliseconds);
    }
}

/// <summary>A region while a plan is made.</summary>
internal sealed class RegionWork(RegionObservation seen, RegionState state, bool reports, HealthVerdict health)
{
    public RegionObservation Seen => seen;
    public RegionState State => state;

    /// <summary>Whether its report is fresh enough to plan on.</summary>
    public bool Reports => reports;

    public HealthVerdict Health => health;
    public List<string> Reasons { get; } = [.. health.Reasons];
    public Forecast Forecast { get; set; }

    /// <summary>Requests per second that it shall have room for, of its own load.</summary>
    public double Upper { get; set; }

    /// <summary>The same once places are steered.</summary>
    public double Expected { get; set; }

    public int Instances { get; set; } = seen.Running + seen.Starting;
    public bool Drain { get; set; }

    /// <summary>Why nothing may be sent to it; null: it may.</summary>
    public string? Closed => !reports ? "is silent" : Drain ? "is drained" : null;

    public bool Accepts(PlanActions action) => reports && seen.Limits.Accepts.HasFlag(action);

    /// <summary>Share of its capacity that is counted on: a geode that is unwell gets less.</summary>
    public double Trust => health.Learning ? 1 : Math.Clamp(health.Health / 0.7, 0, 1);
}
