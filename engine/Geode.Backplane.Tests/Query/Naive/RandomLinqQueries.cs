namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Queries in the forms into which the .NET client translates LINQ: names in brackets, subqueries joined under a name.</summary>
internal sealed class RandomLinqQueries(RandomChoice choice, RandomExpressions expressions, RandomSubqueries subqueries, bool merged)
{
    public string Make()
    {
        var names = new RandomNames(choice, "root", []) { Bracketed = true };
        var item = choice.Name();
        var array = names.Array();
        var inner = names.With(item, array);
        var filter = $" WHERE {expressions.Condition(1, inner)}";
        var row = merged ? "{\"id\": root[\"id\"], \"b\": root[\"b\"]}" : "root";
        var value = choice.Name();
        return choice.Below(9) switch
        {
            // Where(d => d.Array.Count(…) > n)
            0 => $"SELECT VALUE {row} FROM root WHERE ((SELECT VALUE {subqueries.Aggregate(1, inner)} FROM {item} IN {array}{filter}) > {choice.Number()})",
            1 => $"SELECT VALUE {row} FROM root JOIN (SELECT VALUE COUNT(1) FROM root JOIN {item} IN {array}{filter}) AS {value} WHERE ({value} {choice.Pick(">", "=", "<=")} {choice.Below(3)})",

            // Where(d => d.Array.Any(…))
            2 => $"SELECT VALUE {row} FROM root JOIN (SELECT VALUE EXISTS(SELECT VALUE {item} FROM root JOIN {item} IN {array}{filter})) AS {value} WHERE {value}",
            3 => $"SELECT VALUE {row} FROM root JOIN (SELECT VALUE EXISTS(SELECT VALUE {item} FROM root JOIN {item} IN {array})) AS {value} WHERE (NOT {value})",

            // Select(d => d.Array.Where(…).Select(…))
            4 => $"SELECT VALUE {value} FROM root JOIN (SELECT VALUE ARRAY(SELECT VALUE {expressions.Make(1, inner)} FROM root JOIN {item} IN {array}{filter})) AS {value}",

            // Select(d => new { d.Id, Sum = d.Array.Sum() })
            5 => $"SELECT VALUE {{\"id\": root[\"id\"], \"v\": {value}}} FROM root JOIN (SELECT VALUE {subqueries.Aggregate(1, inner)} FROM root JOIN {item} IN {array}{(choice.Chance(50) ? filter : "")}) AS {value}",

            // SelectMany(d => d.Array.Where(…).Select(…))
            6 => $"SELECT VALUE {{\"b\": root[\"b\"], \"t\": {item}}} FROM root JOIN {item} IN {array}{filter}",
            7 => $"SELECT VALUE {expressions.Make(1, inner)} FROM root JOIN {item} IN {array}",

            // Where(…).Count()
            _ => $"SELECT VALUE {choice.Pick("COUNT(1)", "SUM(root[\"b\"])", "MIN(root[\"s\"])", "AVG(root[\"b\"])")} FROM root WHERE {expressions.Condition(2, names)}",
        };
    }
}
