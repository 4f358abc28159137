namespace Geode.Foresight.Planning;

/// <summary>What is known of a planet at one moment: the input of every plan, on a real planet and in simulation.</summary>
/// <param name="At">By the clock of whoever observes.</param>
/// <param name="Regions">All of the planet's, also those that are silent.</param>
/// <param name="Places">Where clients are; may be empty where that is not known.</param>
public sealed record PlanetObservation(DateTimeOffset At, IReadOnlyList<RegionObservation> Regions, IReadOnlyList<PlaceObservation> Places);

/// <param name="Region">Its name.</param>
/// <param name="ReportedAt">When it last said anything; null: never.</param>
/// <param name="RequestsPerSecond">That it serves now.</param>
/// <param name="InFlight">Requests that it works on.</param>
/// <param name="P99Milliseconds">Of its answers, without the way to the client.</param>
/// <param name="ErrorShare">Share of answers with status 500 or above, 0 to 1.</param>
/// <param name="LagMilliseconds">Of replication from it; null: unknown.</param>
/// <param name="Backlog">Changes its processors have not processed; null: unknown.</param>
/// <param name="Running">Instances that serve.</param>
/// <param name="Starting">Instances that will; 0 where nobody can say.</param>
/// <param name="Limits">What the region allows to be done to it.</param>
public sealed record RegionObservation(
    string Region, DateTimeOffset? ReportedAt, double RequestsPerSecond, double InFlight, double P99Milliseconds, double ErrorShare,
    double? LagMilliseconds, long? Backlog, int Running, int Starting, RegionLimits Limits);

/// <summary>A region's own limits, which it applies itself, also against the steward.</summary>
/// <param name="Floor">Least instances.</param>
/// <param name="Ceiling">Most instances.</param>
/// <param name="Accepts">Whose plans it follows, by kind of action.</param>
public sealed record RegionLimits(int Floor, int Ceiling, PlanActions Accepts = PlanActions.All);

/// <summary>Kinds of action of a plan.</summary>
[Flags]
public enum PlanActions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>More or fewer instances.</summary>
    Scale = 1,

    /// <summary>Clients of a place go elsewhere than to the nearest geode.</summary>
    Steer = 2,

    /// <summary>A geode is taken out of the traffic.</summary>
    Drain = 4,

    /// <summary>All of them.</summary>
    All = Scale | Steer | Drain,
}

/// <param name="Place">A city's name, as in <c>Geode.Topology</c>'s places.</param>
/// <param name="RequestsPerSecond">From there, to whatever geode.</param>
/// <param name="OneWayMilliseconds">To each region.</param>
/// <param name="Shares">By which its requests are steered at present; null: they are not.</param>
public sealed record PlaceObservation(
    string Place, double RequestsPerSecond, IReadOnlyDictionary<string, double> OneWayMilliseconds, IReadOnlyDictionary<string, double>? Shares = null);
