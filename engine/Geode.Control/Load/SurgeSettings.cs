namespace Geode.Control.Load;

/// <summary>One city that suddenly asks more than usual.</summary>
/// <param name="Place">One of the load's.</param>
/// <param name="Factor">How many times its usual rate.</param>
/// <param name="Seconds">From the beginning of the rise to its end.</param>
internal sealed record SurgeRequest(string? Place, double? Factor, double? Seconds)
{
    public const string Example = """{"place": "amsterdam", "factor": 10, "seconds": 60}""";

    private const double MostFactor = 100;
    private const double MostSeconds = 3600;

    /// <param name="load">Of which it is a part.</param>
    /// <exception cref="ControlException">400, naming the field and what is allowed.</exception>
    public SurgeSettings Complete(LoadSettings load)
    {
        if (Factor is not (null or (> 0 and <= MostFactor)))
            throw ControlException.Invalid("surge.factor", $"must be above 0 and at most {MostFactor}.");
        if (Seconds is not (null or (>= 1 and <= MostSeconds)))
            throw ControlException.Invalid("surge.seconds", $"must be between 1 and {MostSeconds}.");
        var place = Place is null ? null : Topology.Places.Find(Place);
        return place is not null && load.Cities.Contains(place)
            ? new(place.Name, Factor ?? 10, TimeSpan.FromSeconds(Seconds ?? 60))
            : throw new ControlException(400, $"surge.place: '{Place}' is no city of this load's clients.", [.. load.Cities.Select(p => p.Name)]);
    }
}

/// <inheritdoc cref="SurgeRequest"/>
internal sealed record SurgeSettings(string Place, double Factor, TimeSpan Length)
{
    /// <summary>How long the rise takes.</summary>
    public static readonly TimeSpan Rise = TimeSpan.FromSeconds(10);

    /// <summary>Times the usual rate, so long after it began: rises in a straight line, stays, and ends at once.</summary>
    public double FactorAt(TimeSpan elapsed) =>
        elapsed < TimeSpan.Zero || elapsed >= Length ? 1 : 1 + (Factor - 1) * Math.Min(1, elapsed / Rise);
}
