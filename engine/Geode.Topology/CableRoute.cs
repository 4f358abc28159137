namespace Geode.Topology;

/// <summary>Where no cables lie along the great circle, the way that packets take instead: from South America to the rest of the south, for
/// example, they go by North America.</summary>
/// <remarks>What parts of the world are joined by, found by comparing great circles with the medians that Microsoft publishes ("Azure network
/// round-trip latency statistics", June 2024). Of other parts the great circle is near enough.</remarks>
internal static class CableRoute
{
    private static readonly GeoPoint Virginia = new(38.9, -77.4);
    private static readonly GeoPoint LosAngeles = new(34.0, -118.2);
    private static readonly GeoPoint Singapore = new(1.28, 103.83);
    private static readonly GeoPoint Marseille = new(43.3, 5.4);

    private enum Part
    {
        NorthAmerica,
        SouthAmerica,
        Europe,
        Levant,
        Africa,
        Gulf,
        SouthAsia,
        SoutheastAsia,
        EastAsia,
        Oceania,
    }

    /// <summary>Length of the way, km: of a great circle, or of several one after the other.</summary>
    public static double Kilometres(GeoPoint a, GeoPoint b)
    {
        var (from, to) = (PartOf(a), PartOf(b));
        if (from == Part.Levant && to is not (Part.Levant or Part.Europe or Part.NorthAmerica))
            return Distance.Kilometres(a, Marseille) + Kilometres(Marseille, b);
        if (to == Part.Levant && from != Part.Levant)
            return Kilometres(b, a);
        return (Between(from, to) ?? Between(to, from)) is { } over
            ? over.Min(by => Distance.Kilometres(a, by) + Distance.Kilometres(by, b))
            : Distance.Kilometres(a, b);
    }

    private static GeoPoint[]? Between(Part from, Part to) => (from, to) switch
    {
        (Part.SouthAmerica, Part.Africa or Part.Gulf or Part.SouthAsia or Part.SoutheastAsia or Part.EastAsia or Part.Oceania) => [Virginia, LosAngeles],
        (Part.Europe or Part.Gulf, Part.EastAsia) => [Singapore],
        (Part.Africa, Part.EastAsia or Part.Oceania) => [Singapore],
        _ => null,
    };

    private static Part PartOf(GeoPoint point) => (point.Latitude, point.Longitude) switch
    {
        ( >= 13, >= -170 and < -30) => Part.NorthAmerica,
        ( < 13, >= -170 and < -30) => Part.SouthAmerica,
        ( >= 29 and < 35, >= 34 and < 37) => Part.Levant,
        ( >= 35, >= -30 and < 60) => Part.Europe,
        ( >= 12, >= 37 and < 60) => Part.Gulf,
        (_, >= -30 and < 60) => Part.Africa,
        (_, >= 60 and < 92) => Part.SouthAsia,
        ( >= 20, _) => Part.EastAsia,
        ( >= -10, _) => Part.SoutheastAsia,
        _ => Part.Oceania,
    };
}
