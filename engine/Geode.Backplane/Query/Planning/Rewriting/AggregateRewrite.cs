using Geode.Backplane.Query.Planning.Binding;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Rewriting;

/// <summary>Replaces an aggregate by what a partition must return for the client to compute it over all of them.</summary>
internal static class AggregateRewrite
{
    /// <summary>The name of an aggregate in a plan; null for any other expression.</summary>
    public static string? Kind(SqlExpression expression) => !Cardinality.IsAggregate(expression)
        ? null
        : ((SqlFunctionCall)expression).Name.ToUpperInvariant() switch
        {
            "AVG" => "Average",
            "COUNT" => "Count",
            "COUNTIF" => "CountIf",
            "MAKELIST" => "MakeList",
            "MAKESET" => "MakeSet",
            "MAX" => "Max",
            "MIN" => "Min",
            _ => "Sum",
        };

    /// <summary><c>{"item": …}</c>; an average as its sum and count, an extreme with the count that says whether there was any.</summary>
    public static SqlObject Partial(SqlFunctionCall aggregate)
    {
        var argument = aggregate.Arguments[0];
        var count = Call("COUNT", argument);
        return Kind(aggregate) switch
        {
            "Average" => Object(("item", Object(("sum", Call("SUM", argument)), ("count", count)))),
            "Max" => Object(("item", aggregate), ("item2", Object(("max", aggregate), ("count", count)))),
            "Min" => Object(("item", aggregate), ("item2", Object(("min", aggregate), ("count", count)))),
            _ => Object(("item", aggregate)),
        };
    }

    public static SqlObject Object(params ReadOnlySpan<(string Name, SqlExpression Value)> properties)
    {
        var list = new SqlProperty[properties.Length];
        for (var i = 0; i < list.Length; i++) list[i] = new SqlProperty(properties[i].Name, properties[i].Value);
        return new SqlObject([.. list]);
    }

    private static SqlFunctionCall Call(string name, SqlExpression argument) => new(name, [argument]);
}
