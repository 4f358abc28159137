namespace Geode.Router.Configuration;

/// <summary>How the router finds out whether an origin is well. Times in milliseconds.</summary>
internal sealed record HealthOptions
{
    public string ProbePath { get; init; } = "/health/ready";
    public double ProbeIntervalMs { get; init; } = 500;
    public double ProbeTimeoutMs { get; init; } = 300;

    /// <summary>Good probes in a row that make an unhealthy origin healthy.</summary>
    public int HealthyAfter { get; init; } = 2;

    /// <summary>Bad probes in a row that make an origin unhealthy.</summary>
    public int UnhealthyAfter { get; init; } = 2;

    /// <summary>Failed tries in a row, none answered in between, that make an origin unhealthy.</summary>
    public int EjectAfterFailures { get; init; } = 3;

    /// <summary>Share of failed tries over the last ten seconds that makes an origin unhealthy, given <see cref="EjectRatioMinimum"/> tries.</summary>
    public double EjectRatio { get; init; } = 0.5;
    public int EjectRatioMinimum { get; init; } = 20;

    /// <summary>How long an ejected origin stays out at least; doubles with each ejection in a row, up to <see cref="EjectMaxMs"/>.</summary>
    public double EjectMs { get; init; } = 1_000;
    public double EjectMaxMs { get; init; } = 30_000;

    /// <summary>Time over which an origin that recovered grows from <see cref="SlowStartFloor"/> to its full share.</summary>
    public double SlowStartMs { get; init; } = 10_000;
    public double SlowStartFloor { get; init; } = 0.05;

    /// <summary>An origin is degraded when its median is this many times its own long-term median and at least <see cref="DegradedMinimumMs"/> above it.</summary>
    public double DegradedFactor { get; init; } = 5;
    public double DegradedMinimumMs { get; init; } = 10;
}
