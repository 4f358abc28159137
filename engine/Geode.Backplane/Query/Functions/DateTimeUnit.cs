namespace Geode.Backplane.Query.Functions;

/// <summary>A part of a date and time by any of its documented names.</summary>
/// <param name="Ticks">Its length in 100 ns; 0 for years and months, which have none; a nanosecond counts as a hundredth of one.</param>
internal sealed record DateTimeUnit(DateTimePartKind Kind, long Ticks)
{
    private static readonly Dictionary<string, DateTimeUnit> Units = Build();

    public static DateTimeUnit? Find(string name) => Units.GetValueOrDefault(name);

    private static Dictionary<string, DateTimeUnit> Build()
    {
        var units = new Dictionary<string, DateTimeUnit>(StringComparer.OrdinalIgnoreCase);
        Add(new(DateTimePartKind.Year, 0), "year", "yyyy", "yy", "y");
        Add(new(DateTimePartKind.Month, 0), "month", "mm", "m");
        Add(new(DateTimePartKind.Day, TimeSpan.TicksPerDay), "day", "dd", "d");
        Add(new(DateTimePartKind.Hour, TimeSpan.TicksPerHour), "hour", "hh");
        Add(new(DateTimePartKind.Minute, TimeSpan.TicksPerMinute), "minute", "mi", "n");
        Add(new(DateTimePartKind.Second, TimeSpan.TicksPerSecond), "second", "ss", "s");
        Add(new(DateTimePartKind.Millisecond, TimeSpan.TicksPerMillisecond), "millisecond", "ms");
        Add(new(DateTimePartKind.Microsecond, TimeSpan.TicksPerMicrosecond), "microsecond", "mcs");
        Add(new(DateTimePartKind.Nanosecond, 0), "nanosecond", "ns");
        return units;

        void Add(DateTimeUnit unit, params string[] names)
        {
            foreach (var name in names)
            {
                units.Add(name, unit);
            }
        }
    }
}

/// <summary>The parts of a date and time.</summary>
internal enum DateTimePartKind
{
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
    Microsecond,
    Nanosecond,
}
