using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions;

/// <summary>Functions of given points in time. Ticks are 100 ns and timestamps milliseconds, both since 1970.</summary>
internal static class DateTimeFunctions
{
    private static readonly DateTime WindowsEpoch = new(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static void Register(FunctionTable table)
    {
        table.Add("DateTimeAdd", 3, 3, (a, _) => Add(a[0], a[1], a[2]));
        table.Add("DateTimeBin", 2, 4, Bin);
        table.Add("DateTimeDiff", 3, 3, (a, _) => Unit(a[0]) is { } unit && Time(a[1]) is { } start && Time(a[2]) is { } end
            ? SqlValue.From(DateTimeArithmetic.Difference(unit, start, end))
            : SqlValue.Undefined);
        table.Any("DateTimeFormat", (time, pattern) => pattern.IsString && Time(time) is { } at && DateTimeFormatter.Format(at, pattern.Text) is { } text
            ? SqlValue.From(text)
            : SqlValue.Undefined);
        table.Add("DateTimeFromParts", 3, 7, FromParts);
        table.Any("DateTimePart", (unit, time) => Part(Unit(unit), time));
        table.Any("DateTimeToTicks", time => Time(time) is { } at ? SqlValue.From((at - DateTime.UnixEpoch).Ticks) : SqlValue.Undefined);
        table.Any("DateTimeToTimestamp", time => Time(time) is { } at
            ? SqlValue.From((long)Math.Floor((at - DateTime.UnixEpoch).Ticks / (double)TimeSpan.TicksPerMillisecond))
            : SqlValue.Undefined);
        table.Any("YEAR", time => Part(Unit("year"), time));
        table.Any("MONTH", time => Part(Unit("month"), time));
        table.Any("DAY", time => Part(Unit("day"), time));
        table.Add("TicksToDateTime", 1, 2, (arguments, _) => FromEpoch(arguments, 1));
        table.Add("TimestampToDateTime", 1, 2, (arguments, _) => FromEpoch(arguments, TimeSpan.TicksPerMillisecond));
    }

    /// <summary>DateTimeAdd, and what NOW and AGO are made of.</summary>
    public static SqlValue Add(in SqlValue part, in SqlValue amount, DateTime time) =>
        Unit(part) is { } unit && amount.TryGetInteger(out var count) && DateTimeArithmetic.Add(time, unit, count) is { } result
            ? IsoDateTime.Write(result)
            : SqlValue.Undefined;

    private static SqlValue Add(in SqlValue part, in SqlValue amount, in SqlValue time) =>
        Time(time) is { } at ? Add(part, amount, at) : SqlValue.Undefined;

    private static DateTimeUnit? Unit(in SqlValue name) => name.IsString ? DateTimeUnit.Find(name.Text) : null;

    private static DateTimeUnit? Unit(string name) => DateTimeUnit.Find(name);

    private static DateTime? Time(in SqlValue value) => value.IsString && IsoDateTime.TryParse(value.Text, out var time) ? time : null;

    private static SqlValue Part(DateTimeUnit? unit, SqlValue time) =>
        unit is not null && Time(time) is { } at ? SqlValue.From(DateTimeArithmetic.Part(unit, at)) : SqlValue.Undefined;

    private static SqlValue Bin(ReadOnlySpan<SqlValue> arguments, FunctionContext context)
    {
        var size = 1L;
        var origin = DateTime.UnixEpoch;
        if (Time(arguments[0]) is not { } time || Unit(arguments[1]) is not { } unit
            || (arguments.Length > 2 && !(arguments[2].TryGetInteger(out size) && size > 0)))
        {
            return SqlValue.Undefined;
        }

        if (arguments.Length > 3)
        {
            if (Time(arguments[3]) is not { } given || given < WindowsEpoch)
            {
                return SqlValue.Undefined;
            }

            origin = given;
        }

        return DateTimeArithmetic.Bin(time, unit, size, origin) is { } start ? IsoDateTime.Write(start) : SqlValue.Undefined;
    }

    private static SqlValue FromParts(ReadOnlySpan<SqlValue> arguments, FunctionContext context)
    {
        Span<long> parts = stackalloc long[7];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].TryGetInteger(out parts[i]))
            {
                return SqlValue.Undefined;
            }
        }

        return IsoDateTime.TryCreate(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], out var time)
            ? IsoDateTime.Write(time)
            : SqlValue.Undefined;
    }

    /// <summary>A second argument is accepted by Cosmos DB's planner but documented nowhere: it gives undefined.</summary>
    private static SqlValue FromEpoch(ReadOnlySpan<SqlValue> arguments, long unit)
    {
        if (arguments.Length > 1 || !arguments[0].TryGetInteger(out var count))
        {
            return SqlValue.Undefined;
        }

        var ticks = ((Int128)count * unit) + DateTime.UnixEpoch.Ticks;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks
            ? SqlValue.Undefined
            : IsoDateTime.Write(new DateTime((long)ticks, DateTimeKind.Utc));
    }
}
