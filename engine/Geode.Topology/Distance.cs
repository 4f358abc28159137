namespace Geode.Topology;

/// <summary>From coordinates to the delay a packet needs.</summary>
/// <remarks>The two fitted constants, <see cref="RouteFactor"/> and <see cref="FixedMs"/>, come from the medians Microsoft
/// publishes as "Azure network round-trip latency statistics". Over all 136 pairs of 17 regions on six continents (June 2024), twice
/// <see cref="OneWayDelay"/> has a median ratio of 0.89 to the published round trip, and 90 % of the pairs lie within 30 %. It is half of
/// it between Scandinavia and the Gulf, and a quarter too long across the Pacific. Where that matters, <see cref="Planet.Links"/> takes
/// measured delays.</remarks>
public static class Distance
{
    /// <summary>IUGG mean Earth radius, km.</summary>
    public const double EarthRadiusKm = 6371.0088;

    /// <summary>Light in single-mode fibre: c / 1.468 (group index of ITU-T G.652 fibre at 1550 nm), km per millisecond.</summary>
    public const double FibreKmPerMs = 299.792458 / 1.468;

    /// <summary>Cables are longer than the great circles they follow: by this much, over the pairs above.</summary>
    public const double RouteFactor = 1.5;

    /// <summary>Routers, metro rings and hosts at both ends, one way, ms.</summary>
    public const double FixedMs = 1.0;

    /// <summary>Great-circle distance in km (haversine formula).</summary>
    public static double Kilometres(GeoPoint a, GeoPoint b)
    {
        var (lat1, lat2) = (double.DegreesToRadians(a.Latitude), double.DegreesToRadians(b.Latitude));
        var dLat = Math.Sin((lat2 - lat1) / 2);
        var dLon = Math.Sin(double.DegreesToRadians(b.Longitude - a.Longitude) / 2);
        var h = dLat * dLat + Math.Cos(lat1) * Math.Cos(lat2) * dLon * dLon;
        return 2 * EarthRadiusKm * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    /// <summary>One-way delay: <c>km × RouteFactor / FibreKmPerMs + FixedMs</c>; zero at zero distance. Where no cables go straight,
    /// km is the length of the way they go (from Brazil to South Africa by North America).</summary>
    public static TimeSpan OneWayDelay(GeoPoint a, GeoPoint b)
    {
        var km = CableRoute.Kilometres(a, b);
        return km < 1 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(km * RouteFactor / FibreKmPerMs + FixedMs);
    }
}
