namespace Geode.Backplane.Query.Functions.Spatial;

/// <summary>The shorter arc between two directions.</summary>
internal readonly struct Arc
{
    // In radians.
    private const double OnArc = 1.6e-13;
    private const double Aside = 1e-9;

    private readonly Direction _side;

    public Arc(Direction from, Direction to)
    {
        From = from;
        To = to;
        var cross = from.Cross(to);
        Angle = Math.Atan2(cross.Length, from.Dot(to));
        _side = cross.Cross(from).Normalized();
    }

    public Direction From { get; }

    public Direction To { get; }

    /// <summary>In radians.</summary>
    public double Angle { get; }

    /// <summary>From each corner to the next.</summary>
    public static IEnumerable<Arc> Between(Direction[] corners) => corners.Zip(corners.Skip(1), (from, to) => new Arc(from, to));

    /// <summary>The direction so many radians along.</summary>
    public Direction At(double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        return From.Scale(cos).Plus(_side.Scale(sin));
    }

    /// <summary>The direction of travel so many radians along.</summary>
    public Direction Tangent(double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        return From.Scale(-sin).Plus(_side.Scale(cos));
    }

    /// <summary>Whether two arcs cross at a point inside both.</summary>
    public bool Crosses(Arc other)
    {
        var ours = From.Cross(To);
        var start = -ours.Dot(other.From);
        var end = ours.Dot(other.To);
        if (start * end <= 0)
        {
            return false;
        }

        var theirs = other.From.Cross(other.To);
        return start * -theirs.Dot(To) > 0 && start * theirs.Dot(From) > 0;
    }

    /// <summary>Whether the point lies on the arc, to a micrometre.</summary>
    public bool Touches(Direction point)
    {
        var plane = From.Cross(To);
        var (least, slack) = (From.Dot(To), 1e-15);
        return Math.Abs(plane.Dot(point)) <= OnArc * plane.Length && From.Dot(point) >= least - slack && To.Dot(point) >= least - slack;
    }

    /// <summary>A point a few millimetres to the left of the arc's middle.</summary>
    public Direction LeftOfMiddle => At(Angle / 2).Plus(From.Cross(To).Normalized().Scale(Aside)).Normalized();

    /// <summary>Metres from a point to the nearest point of the arc.</summary>
    public double DistanceTo(Direction point)
    {
        if (Angle == 0)
        {
            return Ellipsoid.Distance(From, point);
        }

        // Nearest on the sphere first; the ellipsoid moves it little, and the distance is flat around the nearest point.
        var along = Math.Atan2(_side.Dot(point), From.Dot(point));
        along = along < 0 || along > Angle ? (point.Dot(From) >= point.Dot(To) ? 0 : Angle) : along;
        var reach = Math.Max(0.01 * Math.Acos(Math.Clamp(At(along).Dot(point), -1, 1)), 1e-9);
        var (low, high) = (Math.Max(0, along - reach), Math.Min(Angle, along + reach));
        while (high - low > 1e-11)
        {
            var third = (high - low) / 3;
            if (Ellipsoid.Distance(At(low + third), point) < Ellipsoid.Distance(At(high - third), point))
            {
                high -= third;
            }
            else
            {
                low += third;
            }
        }

        return Ellipsoid.Distance(At((low + high) / 2), point);
    }
}
