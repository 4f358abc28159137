namespace Geode.Backplane.Query.Functions.Spatial;

/// <summary>A closed ring; its inside lies to the left, so that a clockwise one encloses the rest of the earth.</summary>
internal sealed class Ring
{
    private readonly bool _clockwise;

    public Ring(Direction[] corners)
    {
        Corners = corners;
        Edges = [.. Arc.Between(corners)];
        var signed = SignedArea();
        _clockwise = signed < 0;
        Area = _clockwise ? Ellipsoid.Area + signed : signed;
    }

    /// <summary>The first is also the last.</summary>
    public Direction[] Corners { get; }

    public Arc[] Edges { get; }

    /// <summary>Of the inside, in m².</summary>
    public double Area { get; }

    /// <summary>Goes once around the corners as seen from the point and counts the turns.</summary>
    public bool Contains(Direction point)
    {
        var turns = 0.0;
        foreach (var edge in Edges)
        {
            var from = point.Cross(edge.From);
            var to = point.Cross(edge.To);
            turns += Math.Atan2(from.Cross(to).Dot(point), from.Dot(to));
        }

        return _clockwise ? turns > -Math.PI : turns > Math.PI;
    }

    private double SignedArea()
    {
        double area = 0, longitude = 0;
        foreach (var edge in Edges)
        {
            var under = Ellipsoid.AreaUnder(edge.From, edge.To);
            area -= under.Area;
            longitude += under.Longitude;
        }

        // Around a pole the sum measures from the equator; the cap lies on the other side of the ring.
        return Math.Abs(longitude) > Math.PI ? area + (2 * Math.PI * Ellipsoid.HalfMeridianArea) : area;
    }
}
