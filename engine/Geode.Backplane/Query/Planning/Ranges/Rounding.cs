namespace Geode.Backplane.Query.Planning.Ranges;

/// <summary>Which numbers the functions that round, or drop the sign, take to given ones.</summary>
internal static class Rounding
{
    public static IntervalSet<double> Absolute(IntervalSet<double> results)
    {
        var positive = results.Intersect(IntervalSet<double>.Of(From(0)));
        var negative = positive.Intervals.Select(interval => new Interval<double>(Negate(interval.High), Negate(interval.Low)));
        return positive.Union(IntervalSet<double>.Of(negative));
    }

    public static IntervalSet<double> Floor(IntervalSet<double> results) =>
        Whole(results, n => new(Bound<double>.Including(n), Bound<double>.Excluding(n + 1)));

    public static IntervalSet<double> Ceiling(IntervalSet<double> results) =>
        Whole(results, n => new(Bound<double>.Excluding(n - 1), Bound<double>.Including(n)));

    public static IntervalSet<double> Round(IntervalSet<double> results) =>
        Whole(results, n => new(Bound<double>.Including(n - 0.5), Bound<double>.Including(n + 0.5)));

    public static IntervalSet<double> Truncate(IntervalSet<double> results) => Whole(results, n => n switch
    {
        > 0 => new(Bound<double>.Including(n), Bound<double>.Excluding(n + 1)),
        < 0 => new(Bound<double>.Excluding(n - 1), Bound<double>.Including(n)),
        _ => new(Bound<double>.Excluding(-1), Bound<double>.Excluding(1)),
    });

    public static IntervalSet<double> Sign(IntervalSet<double> results) => Whole(results, n => n switch
    {
        1 => new(Bound<double>.Excluding(0), Bound<double>.None),
        0 => Interval<double>.Point(0),
        -1 => new(Bound<double>.None, Bound<double>.Excluding(0)),
        _ => new(Bound<double>.Excluding(0), Bound<double>.Excluding(0)),
    });

    /// <summary>For results that are given one by one: whole numbers have a source each, others none.</summary>
    private static IntervalSet<double> Whole(IntervalSet<double> results, Func<double, Interval<double>> source) => results.Points() is { } points
        ? IntervalSet<double>.Of(points.Where(point => Math.Floor(point) == point).Select(source))
        : IntervalSet<double>.All;

    private static Interval<double> From(double least) => new(Bound<double>.Including(least), Bound<double>.None);

    private static Bound<double> Negate(Bound<double> bound) => bound.Exists ? bound with { Value = 0 - bound.Value } : bound;
}
