using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>COUNT, SUM and the like over the values that an argument has in the rows of a group; undefined ones do not count.</summary>
internal static class NaiveAggregates
{
    private static readonly string[] Names = ["COUNT", "COUNTIF", "SUM", "AVG", "MIN", "MAX", "MAKELIST", "MAKESET"];

    public static bool IsAggregate(SqlExpression expression) => expression is SqlFunctionCall { Udf: false } call && Names.Contains(call.Name);

    public static NaiveValue Value(string name, List<NaiveValue> values)
    {
        values.RemoveAll(value => value.IsUndefined);
        return name switch
        {
            "COUNT" => NaiveValue.Of(values.Count),
            "COUNTIF" => NaiveValue.Of(values.Count(value => value.IsTrue)),
            "SUM" => Numbers(values) is { } numbers ? NaiveValue.Of(numbers.Sum()) : NaiveValue.Undefined,
            "AVG" => Numbers(values) is { Count: > 0 } numbers ? NaiveValue.Of(numbers.Sum() / numbers.Count) : NaiveValue.Undefined,
            "MIN" => Extreme(values, -1),
            "MAX" => Extreme(values, 1),
            "MAKELIST" => NaiveValue.Of(values),
            _ => NaiveValue.Of(NaiveArrays.Once(values)),
        };
    }

    // A single value of another type leaves no sum.
    private static List<double>? Numbers(List<NaiveValue> values) =>
        values.TrueForAll(value => value is NaiveNumber) ? values.ConvertAll(value => ((NaiveNumber)value).Value) : null;

    private static NaiveValue Extreme(List<NaiveValue> values, int sign)
    {
        if (values.Count == 0 || values.Exists(value => value is NaiveArray or NaiveObject))
            return NaiveValue.Undefined;
        var best = values[0];
        foreach (var value in values)
        {
            if (NaiveOrder.Compare(value, best) * sign > 0)
                best = value;
        }

        return best;
    }
}
