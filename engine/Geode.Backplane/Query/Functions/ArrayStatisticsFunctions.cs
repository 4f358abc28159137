using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions;

/// <summary>ARRAY_AVG and its kin: one value from an array; undefined where an item is not of a type that allows it.</summary>
internal static class ArrayStatisticsFunctions
{
    public static void Register(FunctionTable table)
    {
        Numbers(table, "ARRAY_SUM", numbers => numbers.Sum());
        Numbers(table, "ARRAY_AVG", numbers => numbers.Length == 0 ? null : numbers.Average());
        Numbers(table, "ARRAY_MEDIAN", Median);
        table.Array("ARRAY_MAX", array => Extreme(array, 1));
        table.Array("ARRAY_MIN", array => Extreme(array, -1));
    }

    private static void Numbers(FunctionTable table, string name, Func<double[], double?> body) => table.Array(name, array =>
    {
        var items = array.ToItems();
        return items.All(item => item.IsNumber) && body(Array.ConvertAll(items, item => item.Number)) is { } result
            ? SqlValue.From(result)
            : SqlValue.Undefined;
    });

    private static double? Median(double[] numbers)
    {
        if (numbers.Length == 0)
        {
            return null;
        }

        Array.Sort(numbers);
        var middle = numbers.Length / 2;
        return numbers.Length % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    }

    private static SqlValue Extreme(SqlValue array, int sign)
    {
        var best = SqlValue.Undefined;
        foreach (var item in array.Items)
        {
            if (item.Kind is SqlKind.Array or SqlKind.Object)
            {
                return SqlValue.Undefined;
            }

            if (best.IsUndefined || SqlValue.Compare(item, best) * sign > 0)
            {
                best = item;
            }
        }

        return best;
    }
}
