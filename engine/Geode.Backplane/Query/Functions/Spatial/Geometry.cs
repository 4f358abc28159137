namespace Geode.Backplane.Query.Functions.Spatial;

/// <summary>A polygon: an outer ring and the holes in it.</summary>
internal sealed record Polygon(Ring Outer, Ring[] Holes)
{
    public double Area => Outer.Area - Holes.Sum(hole => Math.Min(hole.Area, Ellipsoid.Area - hole.Area));

    public IEnumerable<Arc> Edges => Outer.Edges.Concat(Holes.SelectMany(hole => hole.Edges));

    /// <summary>A hole is the side of its ring that is smaller, whichever way the ring runs.</summary>
    public bool Contains(Direction point) =>
        Outer.Contains(point) && !Array.Exists(Holes, hole => hole.Contains(point) == (hole.Area <= Ellipsoid.Area / 2));
}

/// <summary>A shape: points, lines or polygons, of one kind only.</summary>
internal sealed record Geometry(Direction[] Points, Direction[][] Lines, Polygon[] Polygons)
{
    private const double Touching = 1e-6;

    private IEnumerable<Direction> Vertices => Points
        .Concat(Lines.SelectMany(line => line))
        .Concat(Polygons.SelectMany(polygon => polygon.Edges.Select(edge => edge.From)));

    private IEnumerable<Arc> Edges => Lines
        .SelectMany(Arc.Between)
        .Concat(Polygons.SelectMany(polygon => polygon.Edges));

    public double Area => Polygons.Sum(polygon => polygon.Area);

    /// <summary>Metres between the nearest points; 0 where they meet.</summary>
    public double DistanceTo(Geometry other)
    {
        if (Overlaps(other))
        {
            return 0;
        }

        var apart = double.PositiveInfinity;
        foreach (var point in Points)
        {
            apart = other.Points.Aggregate(apart, (least, theirs) => Math.Min(least, Ellipsoid.Distance(point, theirs)));
        }

        return Math.Min(apart, Math.Min(ToEdges(this, other), ToEdges(other, this)));
    }

    /// <summary>Whether all of this lies inside a polygon of the other. Lines and polygons may touch its border, so that one lies within itself.</summary>
    public bool IsWithin(Geometry other)
    {
        if (other.Polygons.Length == 0 || !Points.All(other.Covers))
        {
            return false;
        }

        var (edges, borders) = (Edges.ToList(), other.Edges.ToList());
        return edges.TrueForAll(edge => IsIn(edge.From) && IsIn(edge.To))
            && (!edges.Exists(edge => IsOn(borders, edge.From) || IsOn(borders, edge.To)) || (edges.TrueForAll(edge => IsIn(edge.At(edge.Angle / 2))) && GoesInside(other, borders)))
            && !edges.Exists(edge => borders.Exists(border => edge.Crosses(border) && !Meet(edge, border)))
            && !other.Polygons.SelectMany(polygon => polygon.Holes).Any(hole => Covers(hole.Corners[0]) && !IsOn(edges, hole.Corners[0]));

        bool IsIn(Direction point) => other.Covers(point) || IsOn(borders, point);
    }

    public bool Intersects(Geometry other) => Overlaps(other) || DistanceTo(other) < Touching;

    // What has corners on the border may still lie outside of it, or be a part of it.
    private bool GoesInside(Geometry other, List<Arc> borders) =>
        Polygons.SelectMany(polygon => polygon.Outer.Edges).Where(edge => edge.Angle > 0).All(edge => other.Covers(edge.LeftOfMiddle))
        && Array.TrueForAll(Lines, line => Arc.Between(line).Any(edge => !IsOn(borders, edge.From) || !IsOn(borders, edge.At(edge.Angle / 2))));

    private static bool IsOn(List<Arc> edges, Direction point) => edges.Exists(edge => edge.Touches(point));

    // Arcs that share a point do not cross there.
    private static bool Meet(Arc one, Arc other) =>
        one.Touches(other.From) || one.Touches(other.To) || other.Touches(one.From) || other.Touches(one.To);

    private static double ToEdges(Geometry vertices, Geometry edges)
    {
        var apart = double.PositiveInfinity;
        foreach (var edge in edges.Edges)
        {
            foreach (var vertex in vertices.Vertices)
            {
                apart = Math.Min(apart, edge.DistanceTo(vertex));
            }
        }

        return apart;
    }

    private bool Overlaps(Geometry other)
    {
        var theirs = other.Edges.ToList();
        return Vertices.Any(other.Covers) || other.Vertices.Any(Covers) || Edges.Any(edge => theirs.Exists(edge.Crosses));
    }

    private bool Covers(Direction point) => Array.Exists(Polygons, polygon => polygon.Contains(point));
}
