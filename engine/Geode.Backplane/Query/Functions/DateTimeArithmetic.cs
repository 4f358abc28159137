namespace Geode.Backplane.Query.Functions;

/// <summary>Adding, comparing, taking apart and rounding points in time; null where the result is out of range.</summary>
internal static class DateTimeArithmetic
{
    private const int NanosecondsPerTick = 100;

    public static DateTime? Add(DateTime time, DateTimeUnit unit, long amount)
    {
        try
        {
            return unit.Kind switch
            {
                DateTimePartKind.Year => time.AddYears(checked((int)amount)),
                DateTimePartKind.Month => time.AddMonths(checked((int)amount)),
                DateTimePartKind.Nanosecond => time.AddTicks(amount / NanosecondsPerTick),
                _ => time.AddTicks(checked(amount * unit.Ticks)),
            };
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>How many boundaries of the unit lie between the two.</summary>
    public static long Difference(DateTimeUnit unit, DateTime start, DateTime end) => unit.Kind switch
    {
        DateTimePartKind.Year => end.Year - start.Year,
        DateTimePartKind.Month => ((end.Year - start.Year) * 12L) + end.Month - start.Month,
        DateTimePartKind.Nanosecond => (end.Ticks - start.Ticks) * NanosecondsPerTick,
        _ => (end.Ticks / unit.Ticks) - (start.Ticks / unit.Ticks),
    };

    public static long Part(DateTimeUnit unit, DateTime time)
    {
        var fraction = time.Ticks % TimeSpan.TicksPerSecond;
        return unit.Kind switch
        {
            DateTimePartKind.Year => time.Year,
            DateTimePartKind.Month => time.Month,
            DateTimePartKind.Day => time.Day,
            DateTimePartKind.Hour => time.Hour,
            DateTimePartKind.Minute => time.Minute,
            DateTimePartKind.Second => time.Second,
            DateTimePartKind.Millisecond => fraction / TimeSpan.TicksPerMillisecond,
            DateTimePartKind.Microsecond => fraction / TimeSpan.TicksPerMicrosecond,
            _ => fraction * NanosecondsPerTick,
        };
    }

    /// <summary>The start of the bin the time falls into, bins being counted from <paramref name="origin"/>.</summary>
    public static DateTime? Bin(DateTime time, DateTimeUnit unit, long size, DateTime origin)
    {
        var ticks = unit.Kind == DateTimePartKind.Nanosecond ? Math.Max(1, size / NanosecondsPerTick) : (Int128)size * unit.Ticks;
        if (ticks <= 0)
        {
            return null;
        }

        var distance = (Int128)(time.Ticks - origin.Ticks);
        var bins = distance / ticks;
        if (distance % ticks < 0)
        {
            bins--;
        }

        var start = origin.Ticks + (bins * ticks);
        return start < DateTime.MinValue.Ticks || start > DateTime.MaxValue.Ticks ? null : new DateTime((long)start, DateTimeKind.Utc);
    }
}
