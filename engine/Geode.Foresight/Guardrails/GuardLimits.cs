namespace Geode.Foresight.Guardrails;

/// <summary>How much a plan may change, and what it must rest on.</summary>
public sealed record GuardLimits
{
    /// <summary>In one step instances may become so many times as many,</summary>
    public double MostGrowth { get; init; } = 2;

    /// <summary>or so many more, if that is more.</summary>
    public int MostAdded { get; init; } = 2;

    /// <summary>In one step the floor may come down by this part of it, or by one if that is more.</summary>
    public double MostShrunk { get; init; } = 0.1;

    /// <summary>In one step no share of a place's requests changes by more.</summary>
    public double MostShareMoved { get; init; } = 0.2;

    /// <summary>What the nearest geode keeps of a place's requests while it is well, so that it can always be seen to be.</summary>
    public double LeastShare { get; init; } = 0.05;

    /// <summary>Regions without traffic at a time.</summary>
    public int MostDrained { get; init; } = 1;

    /// <summary>Inputs older than this change nothing; nor does a plan that was made so much later than now.</summary>
    public TimeSpan OldestInputs { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The part of the regions that must report, as the plan says and as is seen where it is applied.</summary>
    public double LeastReporting { get; init; } = 0.5;
}
