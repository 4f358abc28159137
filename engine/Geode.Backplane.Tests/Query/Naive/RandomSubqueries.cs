namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Random queries in the place of an expression or of a collection.</summary>
internal sealed class RandomSubqueries(RandomChoice choice, RandomExpressions expressions)
{
    private static readonly string[] Aggregates = ["COUNT", "COUNT", "SUM", "AVG", "MIN", "MAX", "COUNTIF", "MAKELIST", "MAKESET"];

    /// <summary>One value: an aggregate, a list, whether there is any, the first, or a value under a name.</summary>
    public string Make(int depth, RandomNames names)
    {
        var deeper = depth - 1;
        return choice.Below(9) switch
        {
            0 or 1 or 2 => $"({Aggregated(deeper, names)})",
            3 => $"EXISTS({Collection(deeper, names)})",
            4 or 5 => $"ARRAY({Collection(deeper, names)})",
            6 => $"{choice.Pick("FIRST", "LAST")}({Collection(deeper, names)})",
            7 => $"(SELECT VALUE {expressions.Make(deeper, names)})",
            _ => Named(deeper, names),
        };
    }

    /// <summary>Any number of rows of an array.</summary>
    public string Collection(int depth, RandomNames names)
    {
        if (choice.Chance(12))
            return Aggregated(depth - 1, names);
        var (from, inner) = From(depth, names);
        if (choice.Chance(15))
        {
            var key = inner.Path();
            var filter = Where(depth, inner);
            var selected = choice.Pick($"{key} AS k, {Aggregate(0, inner)} AS n", $"VALUE {key}", $"VALUE {{\"p\": {key}, \"q\": {Aggregate(0, inner)}}}", $"VALUE {Aggregate(0, inner)}");
            return $"SELECT {(choice.Chance(25) ? "DISTINCT " : "")}{selected} FROM {from}{filter} GROUP BY {key}";
        }

        var select = choice.Pick($"VALUE {inner.Elements[^1].Name}", "VALUE " + expressions.Make(depth - 1, inner), $"{expressions.Make(depth - 1, inner)} AS p, {inner.Path()} AS q");
        return $"SELECT {(choice.Chance(15) ? "DISTINCT " : "")}{select} FROM {from}{Where(depth, inner)}";
    }

    /// <param name="merged">For clients that merge partitions, whose order is left open.</param>
    public string Aggregate(int depth, RandomNames names, bool merged = false) =>
        $"{choice.Pick(merged ? Aggregates[..6] : Aggregates)}({(choice.Chance(30) ? "1" : choice.Chance(40) ? names.Number() : expressions.Make(depth - 1, names))})";

    private string Aggregated(int depth, RandomNames names)
    {
        var (from, inner) = From(depth, names);
        string One() => Aggregate(depth, inner);
        var select = choice.Pick(
            "VALUE " + One(), "VALUE " + One(), $"VALUE [{One()}, {One()}]", $"VALUE {{\"p\": {One()}}}", $"{One()} AS p, {One()} AS q", $"VALUE {One()} {choice.Pick("+", ">")} 1");
        return $"SELECT {select} FROM {from}{Where(depth, inner)}";
    }

    private string Named(int depth, RandomNames names)
    {
        var name = choice.Name();
        var path = names.Path();
        return $"(SELECT VALUE {expressions.Make(depth, names.With(name, path + "items"))} FROM {path} AS {name})";
    }

    /// <summary>An array's items, with the document named again before it or an array inside joined to it.</summary>
    private (string From, RandomNames Inner) From(int depth, RandomNames names)
    {
        var name = choice.Name();
        var array = names.Array();
        var from = $"{name} IN {array}";
        if (choice.Chance(25))
            from = $"{names.Document} JOIN {from}";
        else if (choice.Chance(8))
            from = $"{name} IN (SELECT VALUE {array})";
        else if (choice.Chance(8) && depth > 0)
            from = $"({Collection(depth - 1, names)}) AS {name}";
        var inner = names.With(name, from);
        if (!choice.Chance(20))
            return (from, inner);
        var second = choice.Name();
        var deeper = inner.Array();
        return (from + $" JOIN {second} IN {deeper}", inner.With(second, deeper));
    }

    private string Where(int depth, RandomNames names) => choice.Chance(45) ? $" WHERE {expressions.Condition(depth - 1, names)}" : "";
}
