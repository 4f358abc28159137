namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Random whole queries.</summary>
internal sealed class RandomQueries
{
    private readonly RandomChoice _choice;
    private readonly RandomExpressions _expressions;
    private readonly RandomSubqueries _subqueries;
    private readonly RandomLinqQueries _linq;
    private readonly bool _merged;

    /// <param name="merged">For clients that merge several partitions: nothing whose order or choice of rows the language leaves open.</param>
    public RandomQueries(RandomChoice choice, bool merged)
    {
        (_choice, _merged) = (choice, merged);
        _expressions = new RandomExpressions(choice) { WholeCharacters = merged };
        _subqueries = new RandomSubqueries(choice, _expressions);
        _linq = new RandomLinqQueries(choice, _expressions, _subqueries, merged);
    }

    /// <summary>Computed properties that the queries may read.</summary>
    public string[] Computed { get; init; } = [];

    public RandomExpressions Expressions => _expressions;

    public RandomNames Names => new(_choice, "c", []) { Computed = Computed };

    public string Make()
    {
        if (_choice.Chance(25))
            return _linq.Make();
        if (_choice.Chance(4))
            return $"SELECT VALUE COUNT(1) FROM (SELECT DISTINCT VALUE {_expressions.Make(2, Names)} FROM c WHERE {_expressions.Condition(1, Names)}) AS d";
        var (from, names) = From();
        var where = _choice.Chance(60) ? $" WHERE {_expressions.Condition(3, names)}" : "";
        if (_choice.Chance(25))
            return Grouped(from, where, names);

        var limited = _choice.Chance(25);
        var joined = from.Contains("JOIN", StringComparison.Ordinal);
        var order = (limited && _merged) ? " ORDER BY c.id" : _choice.Chance(35) ? " ORDER BY " + Order(names) : "";
        if (_merged && (joined || !from.StartsWith('c')))
            (order, limited) = ("", false);
        var top = limited && _choice.Chance(50) ? $"TOP {_choice.Below(8)} " : "";
        var limit = limited && top.Length == 0 ? $" OFFSET {_choice.Below(4)} LIMIT {_choice.Below(9)}" : "";
        return $"SELECT {(_choice.Chance(20) ? "DISTINCT " : "")}{top}{Select(names, joined)} FROM {from}{where}{order}{limit}";
    }

    private string Select(RandomNames names, bool joined) => _choice.Below(8) switch
    {
        0 when !joined && !_merged => "*",
        1 => $"VALUE {names.Path()}",
        2 or 3 => $"VALUE {_expressions.Make(3, names)}",
        4 => $"{names.Document}.id, {_expressions.Make(3, names)}",
        5 => $"{_expressions.Make(2, names)} AS p, {_expressions.Make(2, names)} AS q, {names.Document}.s",
        6 => $"{names.Document}.id, {_subqueries.Make(2, names)} AS n, {names.Document}.s",
        _ => $"VALUE [{names.Document}.id, {_expressions.Make(3, names)}]",
    };

    private string Order(RandomNames names)
    {
        // Clients know of arrays and objects only that they are some.
        string Item() => (_merged ? _choice.Pick("c.b", "c.s", "c.m", "c.id", "c.missing") : names.Path()) + _choice.Pick("", " ASC", " DESC");
        return _choice.Chance(70) ? Item() : $"{Item()}, {Item()}";
    }

    private (string From, RandomNames Names) From()
    {
        var names = Names;
        var name = _choice.Name();
        switch (_choice.Below(20))
        {
            case 0:
                var array = "c." + _choice.Pick("tags", "items", "nums");
                return ($"{name} IN {array}", Only(name, array));
            case 1:
                return ($"c.n AS {name}", Only(name, "items"));
            case 2:
                return ($"(SELECT {(!_merged && _choice.Chance(50) ? "DISTINCT " : "")}VALUE {_expressions.Make(2, names)} FROM c) AS {name}", Only(name, ""));
            case 3 when !_merged:
                return ($"(SELECT c.b AS p, {_subqueries.Aggregate(2, names)} AS q FROM c GROUP BY c.b) AS {name}", Only(name, "items"));
        }

        var from = "c";
        for (var joins = _choice.Pick(0, 0, 0, 1, 1, 2); joins > 0; joins--)
        {
            var next = _choice.Name();
            var source = _choice.Below(6) switch
            {
                0 => $"{names.Path()} AS {next}",
                1 => $"({_expressions.Collection(2, names)}) AS {next}",
                2 => $"(SELECT VALUE {_expressions.Subquery(2, names)}) AS {next}",
                3 => $"{next} IN ({_expressions.Collection(1, names)})",
                _ => $"{next} IN {names.Array()}",
            };
            from += " JOIN " + source;
            names = names.With(next, source);
        }

        return (from, names);
    }

    private RandomNames Only(string name, string collection) => new RandomNames(_choice, name, []).With(name, collection);

    private string Grouped(string from, string where, RandomNames names)
    {
        string One() => _subqueries.Aggregate(2, names, _merged);
        var key = _choice.Chance(80) ? names.Path() : $"LOWER({names.Path()})";
        var other = names.Path();
        var distinct = _choice.Chance(15) && !_merged ? "DISTINCT " : "";
        var limit = !_choice.Chance(15) || _merged ? "" : $" OFFSET {_choice.Below(3)} LIMIT {_choice.Below(5)}";
        return _choice.Below(8) switch
        {
            0 or 1 => $"SELECT VALUE {One()} FROM {from}{where}",
            2 => $"SELECT {One()} AS p, {One()} AS q FROM {from}{where}",
            3 => $"SELECT {distinct}VALUE {key} FROM {from}{where} GROUP BY {key}{limit}",
            4 => $"SELECT {key} AS k, {other} AS l, {One()} AS n FROM {from}{where} GROUP BY {key}, {other}{limit}",
            5 when !_merged => $"SELECT {distinct}VALUE {One()} FROM {from}{where} GROUP BY {key}{limit}",
            _ => $"SELECT {key} AS k, {One()} AS n, {One()} AS m FROM {from}{where} GROUP BY {key}{limit}",
        };
    }
}
