using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions;

/// <summary>Functions of the current time; the Static ones keep one time for all rows of an execution.</summary>
internal static class ClockFunctions
{
    public static void Register(FunctionTable table)
    {
        Clock(table, "GetCurrentDateTime", IsoDateTime.Write);
        Clock(table, "GetCurrentTicks", time => SqlValue.From((time - DateTime.UnixEpoch).Ticks));
        Clock(table, "GetCurrentTimestamp", time => SqlValue.From((time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond));
        table.Add("NOW", 0, 2, Now, pure: false);
        table.Add("AGO", 2, 2, Ago, pure: false);
    }

    private static void Clock(FunctionTable table, string name, Func<DateTime, SqlValue> write)
    {
        table.Add(name, 0, 0, (_, context) => write(context.Now), pure: false);
        table.Add(name + "Static", 0, 0, (_, context) => write(context.Started), pure: false);
    }

    private static SqlValue Now(ReadOnlySpan<SqlValue> arguments, FunctionContext context) => arguments.Length switch
    {
        0 => IsoDateTime.Write(context.Now),
        2 => DateTimeFunctions.Add(arguments[0], arguments[1], context.Now),
        _ => SqlValue.Undefined,
    };

    private static SqlValue Ago(ReadOnlySpan<SqlValue> arguments, FunctionContext context) =>
        arguments[1].TryGetInteger(out var amount) && amount != long.MinValue
            ? DateTimeFunctions.Add(arguments[0], SqlValue.From(-amount), context.Now)
            : SqlValue.Undefined;
}
