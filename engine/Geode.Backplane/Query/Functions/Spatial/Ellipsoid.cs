namespace Geode.Backplane.Query.Functions.Spatial;

/// <summary>
/// The WGS-84 ellipsoid (EPSG:4326). The shortest line between two points is taken to be the great elliptic arc, in which a plane
/// through the centre cuts the surface: Cosmos DB's documented distances agree with it to a tenth of a millimetre, and not with the
/// geodesic. Lengths and areas along it are integrated by Gauss-Legendre quadrature.
/// </summary>
internal static class Ellipsoid
{
    private const double Equator = 6_378_137.0;
    private const double Flattening = 1 / 298.257223563;
    private const double Pole = Equator * (1 - Flattening);
    private const double SquaredEccentricity = Flattening * (2 - Flattening);

    // Arcs are cut into pieces of at most this angle, on which eight points integrate to the last digits of a double.
    private const double LongestPiece = Math.PI / 16;

    private static readonly double[] Nodes = [0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363];
    private static readonly double[] Weights = [0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763];

    /// <summary>The area of the whole earth in m².</summary>
    public static double Area { get; } = 4 * Math.PI * AreaBelow(1);

    /// <summary>The area between the equator and the pole per radian of longitude, in m².</summary>
    public static double HalfMeridianArea { get; } = AreaBelow(1);

    /// <summary>The direction of a point given in degrees.</summary>
    public static Direction DirectionOf(double longitude, double latitude)
    {
        var (sinLongitude, cosLongitude) = Math.SinCos(double.DegreesToRadians(longitude));
        var (sinLatitude, cosLatitude) = Math.SinCos(double.DegreesToRadians(latitude));
        return new Direction(cosLatitude * cosLongitude, cosLatitude * sinLongitude, sinLatitude * (1 - SquaredEccentricity)).Normalized();
    }

    /// <summary>Metres between two points.</summary>
    public static double Distance(Direction from, Direction to) => new Arc(from, to) is { Angle: > 0 } arc
        ? Integrate(arc.Angle, angle => Speed(arc.At(angle), arc.Tangent(angle)))
        : 0;

    /// <summary>The area between an arc and the equator in m², negative southwards or westwards, and the longitude it spans.</summary>
    public static (double Area, double Longitude) AreaUnder(Direction from, Direction to)
    {
        var arc = new Arc(from, to);
        if (arc.Angle == 0)
        {
            return (0, 0);
        }

        var area = Integrate(arc.Angle, angle => AreaBelow(SinLatitude(arc.At(angle))) * Turn(arc.At(angle), arc.Tangent(angle)));
        return (area, Integrate(arc.Angle, angle => Turn(arc.At(angle), arc.Tangent(angle))));
    }

    /// <summary>Change of longitude per radian along the arc.</summary>
    private static double Turn(Direction at, Direction tangent) =>
        ((at.X * tangent.Y) - (at.Y * tangent.X)) / Math.Max((at.X * at.X) + (at.Y * at.Y), double.Epsilon);

    /// <summary>Metres on the surface per radian along the arc.</summary>
    private static double Speed(Direction at, Direction tangent)
    {
        // The surface is where the direction times r lies, with r = q^(-1/2) and q the quadratic form of the ellipsoid.
        var q = Form(at, at);
        var radius = 1 / Math.Sqrt(q);
        var change = -Form(at, tangent) * radius / q;
        return Math.Sqrt((radius * radius) + (change * change));
    }

    private static double Form(Direction a, Direction b) =>
        (((a.X * b.X) + (a.Y * b.Y)) / (Equator * Equator)) + (a.Z * b.Z / (Pole * Pole));

    private static double SinLatitude(Direction at)
    {
        // The direction is geocentric, the latitude geodetic.
        var z = at.Z / (1 - SquaredEccentricity);
        return z / Math.Sqrt((at.X * at.X) + (at.Y * at.Y) + (z * z));
    }

    /// <summary>Snyder, Map Projections (USGS 1395), equation 3-12, times half the square of the semi-minor axis.</summary>
    private static double AreaBelow(double sinLatitude)
    {
        var e = Math.Sqrt(SquaredEccentricity);
        var squared = 1 - (SquaredEccentricity * sinLatitude * sinLatitude);
        return Pole * Pole / 2 * ((sinLatitude / squared) + (Math.Atanh(e * sinLatitude) / e));
    }

    private static double Integrate(double angle, Func<double, double> function)
    {
        var pieces = (int)Math.Ceiling(angle / LongestPiece);
        var half = angle / pieces / 2;
        var sum = 0.0;
        for (var piece = 0; piece < pieces; piece++)
        {
            var middle = ((2 * piece) + 1) * half;
            for (var i = 0; i < Nodes.Length; i++)
            {
                sum += Weights[i] * (function(middle - (half * Nodes[i])) + function(middle + (half * Nodes[i])));
            }
        }

        return sum * half;
    }
}
