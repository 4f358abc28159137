using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions;

/// <summary>Functions of arrays, and between arrays and objects.</summary>
internal static class ArrayFunctions
{
    public static void Register(FunctionTable table)
    {
        table.Add("ARRAY_CONCAT", 2, FunctionTable.AnyNumber, Concat);
        table.Add("ARRAY_CONTAINS", 2, 3, Contains);
        table.Add("ARRAY_CONTAINS_ANY", 2, FunctionTable.AnyNumber, (arguments, _) => ContainsSeveral(arguments, decisive: true));
        table.Add("ARRAY_CONTAINS_ALL", 2, FunctionTable.AnyNumber, (arguments, _) => ContainsSeveral(arguments, decisive: false));
        table.Array("ARRAY_LENGTH", array => SqlValue.From((long)array.Count));
        table.Add("ARRAY_SLICE", 2, 3, Slice);
        table.Add("CHOOSE", 2, FunctionTable.AnyNumber, Choose);
        table.Add("ObjectToArray", 1, 3, ObjectToArray);
    }

    private static SqlValue Concat(ReadOnlySpan<SqlValue> arguments, FunctionContext context)
    {
        var items = new List<SqlValue>();
        foreach (var argument in arguments)
        {
            if (!argument.IsArray)
            {
                return SqlValue.Undefined;
            }

            foreach (var item in argument.Items)
            {
                items.Add(item);
            }
        }

        return SqlValue.From([.. items]);
    }

    private static SqlValue Contains(ReadOnlySpan<SqlValue> arguments, FunctionContext context)
    {
        if (!arguments[0].IsArray || arguments[1].IsUndefined || (arguments.Length == 3 && !arguments[2].IsBoolean))
        {
            return SqlValue.Undefined;
        }

        var partial = arguments.Length == 3 && arguments[2].IsTrue;
        foreach (var item in arguments[0].Items)
        {
            if (partial ? Covers(item, arguments[1]) : item.Equals(arguments[1]))
            {
                return SqlValue.True;
            }
        }

        return SqlValue.False;
    }

    /// <summary>Whether an object has all the members of another, deeply; other values must be equal.</summary>
    private static bool Covers(in SqlValue whole, in SqlValue part)
    {
        if (!whole.IsObject || !part.IsObject)
        {
            return whole.Equals(part);
        }

        foreach (var field in part.Members)
        {
            var value = whole[new PropertyName(field.Name)];
            if (value.IsUndefined || !Covers(value, field.Value))
            {
                return false;
            }
        }

        return true;
    }

    private static SqlValue ContainsSeveral(ReadOnlySpan<SqlValue> arguments, bool decisive)
    {
        if (!arguments[0].IsArray)
        {
            return SqlValue.Undefined;
        }

        var unknown = false;
        var present = new HashSet<SqlValue>(arguments[0].ToItems());
        foreach (var wanted in arguments[1..])
        {
            if (wanted.IsUndefined)
            {
                unknown = true;
            }
            else if (present.Contains(wanted) == decisive)
            {
                return SqlValue.From(decisive);
            }
        }

        return unknown ? SqlValue.Undefined : SqlValue.From(!decisive);
    }

    private static SqlValue Slice(ReadOnlySpan<SqlValue> arguments, FunctionContext context)
    {
        var length = long.MaxValue;
        if (!arguments[0].IsArray || !arguments[1].TryGetInteger(out var start) || (arguments.Length == 3 && !arguments[2].TryGetInteger(out length)))
        {
            return SqlValue.Undefined;
        }

        var items = arguments[0].ToItems();
        start = start < 0 ? Math.Max(start + items.Length, 0) : Math.Min(start, items.Length);
        return SqlValue.From(items.AsSpan((int)start, (int)Math.Clamp(length, 0, items.Length - start)).ToArray());
    }

    private static SqlValue Choose(ReadOnlySpan<SqlValue> arguments, FunctionContext context) =>
        arguments[0].TryGetInteger(out var index) && index > 0 && index < arguments.Length
            ? arguments[(int)index]
            : SqlValue.Undefined;

    private static SqlValue ObjectToArray(ReadOnlySpan<SqlValue> arguments, FunctionContext context)
    {
        if (!arguments[0].IsObject || (arguments.Length > 1 && !arguments[1].IsString) || (arguments.Length > 2 && !arguments[2].IsString))
        {
            return SqlValue.Undefined;
        }

        var key = arguments.Length > 1 ? arguments[1].Text : "k";
        var value = arguments.Length > 2 ? arguments[2].Text : "v";
        var items = new List<SqlValue>();
        foreach (var field in arguments[0].Members)
        {
            items.Add(SqlValue.From([new SqlField(key, SqlValue.From(field.Name)), new SqlField(value, field.Value)]));
        }

        return SqlValue.From([.. items]);
    }
}
