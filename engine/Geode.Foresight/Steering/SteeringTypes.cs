namespace Geode.Foresight.Steering;

/// <summary>A geode as traffic may be sent to it.</summary>
/// <param name="Region">Its name.</param>
/// <param name="Room">Requests per second of places that it can take within the target.</param>
/// <param name="Price">Of a request there in what is preferred (grams of CO₂, dollars), and null where that is not known.</param>
/// <param name="Closed">Why it takes none (drained, unwell, silent), in words that follow its name; null: it takes some.</param>
public sealed record SteeringTarget(string Region, double Room, double? Price = null, string? Closed = null);

/// <param name="Place">Its name.</param>
/// <param name="Expected">Requests per second from there.</param>
/// <param name="OneWayMilliseconds">To each region.</param>
public sealed record SteeringSource(string Place, double Expected, IReadOnlyDictionary<string, double> OneWayMilliseconds);

/// <summary>What a plan prefers among geodes that are near enough.</summary>
public enum SteeringPreference
{
    /// <summary>The nearest.</summary>
    Latency,

    /// <summary>Where a request costs least.</summary>
    Cost,

    /// <summary>Where a request emits least.</summary>
    Carbon,
}

/// <param name="Preference">What is preferred.</param>
/// <param name="ExtraMilliseconds">One-way delay beyond the nearest geode's that is given for it, not negative.</param>
public sealed record SteeringSettings(SteeringPreference Preference = SteeringPreference.Latency, double ExtraMilliseconds = 0);
