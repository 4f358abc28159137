namespace Geode.Backplane.Query.Planning.Ranges;

/// <summary>A set of numbers or of strings: intervals in order, none touching the next.</summary>
internal sealed class IntervalSet<T>
    where T : notnull
{
    public static readonly IntervalSet<T> Empty = new([]);
    public static readonly IntervalSet<T> All = new([Interval<T>.All]);

    private static readonly IComparer<T> Order = typeof(T) == typeof(string) ? (IComparer<T>)StringComparer.Ordinal : Comparer<T>.Default;

    private readonly Interval<T>[] _intervals;

    private IntervalSet(Interval<T>[] intervals) => _intervals = intervals;

    public bool IsEmpty => _intervals.Length == 0;

    public bool IsAll => _intervals is [{ Low.Exists: false, High.Exists: false }];

    public IReadOnlyList<Interval<T>> Intervals => _intervals;

    /// <summary>The members, where there are finitely many that can be told; else null.</summary>
    public IEnumerable<T>? Points() => _intervals.All(interval => IsPoint(interval)) ? _intervals.Select(interval => interval.Low.Value) : null;

    public static IntervalSet<T> Of(IEnumerable<Interval<T>> intervals)
    {
        var sorted = intervals.Select(FromLeast).Where(interval => !IsEmptyInterval(interval)).ToArray();
        Array.Sort(sorted, (left, right) => CompareLow(left.Low, right.Low));
        var merged = new List<Interval<T>>(sorted.Length);
        foreach (var interval in sorted)
        {
            if (merged.Count > 0 && Touches(merged[^1].High, interval.Low))
            {
                if (CompareHigh(interval.High, merged[^1].High) > 0) merged[^1] = merged[^1] with { High = interval.High };
            }
            else
            {
                merged.Add(interval);
            }
        }

        return merged.Count == 0 ? Empty : new IntervalSet<T>([.. merged]);
    }

    public static IntervalSet<T> Of(Interval<T> interval) => Of([interval]);

    public static IntervalSet<T> OfPoints(IEnumerable<T> points) => Of(points.Select(Interval<T>.Point));

    public IntervalSet<T> Union(IntervalSet<T> other) => IsEmpty ? other : other.IsEmpty ? this : Of(_intervals.Concat(other._intervals));

    public IntervalSet<T> Intersect(IntervalSet<T> other)
    {
        if (IsAll) return other;
        if (other.IsAll) return this;
        var common = new List<Interval<T>>();
        for (int i = 0, j = 0; i < _intervals.Length && j < other._intervals.Length;)
        {
            var (a, b) = (_intervals[i], other._intervals[j]);
            common.Add(new(CompareLow(a.Low, b.Low) >= 0 ? a.Low : b.Low, CompareHigh(a.High, b.High) <= 0 ? a.High : b.High));
            if (CompareHigh(a.High, b.High) < 0) i++;
            else j++;
        }

        return Of(common);
    }

    public IntervalSet<T> Complement()
    {
        var gaps = new List<Interval<T>>(_intervals.Length + 1);
        var low = Bound<T>.None;
        foreach (var interval in _intervals)
        {
            if (interval.Low.Exists) gaps.Add(new(low, interval.Low.Opposite()));
            if (!interval.High.Exists) return Of(gaps);
            low = interval.High.Opposite();
        }

        gaps.Add(new(low, Bound<T>.None));
        return Of(gaps);
    }

    // Among strings there is a least one, so that "up to it" is a point.
    private static Interval<T> FromLeast(Interval<T> interval) =>
        interval is { Low.Exists: false, High.Exists: true } && "" is T least ? interval with { Low = Bound<T>.Including(least) } : interval;

    private static bool IsPoint(Interval<T> interval) =>
        interval.Low.Exists && interval.High.Exists && Order.Compare(interval.Low.Value, interval.High.Value) == 0;

    private static bool IsEmptyInterval(Interval<T> interval)
    {
        if (!interval.Low.Exists || !interval.High.Exists) return false;
        var order = Order.Compare(interval.Low.Value, interval.High.Value);
        return order > 0 || (order == 0 && !(interval.Low.Inclusive && interval.High.Inclusive));
    }

    private static bool Touches(Bound<T> high, Bound<T> nextLow)
    {
        if (!high.Exists || !nextLow.Exists) return true;
        var order = Order.Compare(high.Value, nextLow.Value);
        return order > 0 || (order == 0 && (high.Inclusive || nextLow.Inclusive));
    }

    private static int CompareLow(Bound<T> left, Bound<T> right)
    {
        if (!left.Exists || !right.Exists) return left.Exists.CompareTo(right.Exists);
        var order = Order.Compare(left.Value, right.Value);
        return order != 0 ? order : right.Inclusive.CompareTo(left.Inclusive);
    }

    private static int CompareHigh(Bound<T> left, Bound<T> right)
    {
        if (!left.Exists || !right.Exists) return right.Exists.CompareTo(left.Exists);
        var order = Order.Compare(left.Value, right.Value);
        return order != 0 ? order : left.Inclusive.CompareTo(right.Inclusive);
    }
}
