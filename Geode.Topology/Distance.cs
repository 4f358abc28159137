namespace Geode.Topology;

/// <summary>From coordinates to the delay a packet needs.</summary>
public static class Distance
{
    /// <summary>IUGG mean Earth radius, km.</summary>
    public const double EarthRadiusKm = 6371.0088;

    /// <summary>Light in single-mode fibre: c / 1.468 (group index of ITU-T G.652 fibre at 1550 nm), km per millisecond.</summary>
    public const double FibreKmPerMs = 299.792458 / 1.468;

    /// <summary>Cable routes are longer than great circles.</summary>
    public const double RouteFactor = 1.4;

    /// <summary>Routers, metro rings and hosts at both ends, one way, ms.</summary>
    public const double FixedMs = 0.5;

    /// <summary>Great-circle distance in km (haversine formula).</summary>
    public static double Kilometres(GeoPoint a, GeoPoint b)
    {
        var (lat1, lat2) = (double.DegreesToRadians(a.Latitude), double.DegreesToRadians(b.Latitude));
        var dLat = Math.Sin((lat2 - lat1) / 2);
        var dLon = Math.Sin(double.DegreesToRadians(b.Longitude - a.Longitude) / 2);
        var h = dLat * dLat + Math.Cos(lat1) * Math.Cos(lat2) * dLon * dLon;
        return 2 * EarthRadiusKm * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    /// <summary>One-way delay: <c>km × RouteFactor / FibreKmPerMs + FixedMs</c>; zero at zero distance.</summary>
    public static TimeSpan OneWayDelay(GeoPoint a, GeoPoint b)
    {
        var km = Kilometres(a, b);
        return km < 1 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(km * RouteFactor / FibreKmPerMs + FixedMs);
    }
}
