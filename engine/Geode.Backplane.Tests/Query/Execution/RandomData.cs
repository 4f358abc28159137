using System.Globalization;

namespace Geode.Backplane.Tests.Query.Execution;

/// <summary>Documents and queries by chance, over few names and values so that they meet.</summary>
internal sealed class RandomData(int seed)
{
    private static readonly string[] Paths = ["c.a", "c.b", "c.s", "c.n.x", "c.n", "c.tags", "c[\"b\"]", "c.missing", "c.id"];
    private static readonly string[] Comparisons = ["=", "!=", "<", "<=", ">", ">="];

    private readonly Random _random = new(seed);

    public TestDocuments Documents(int count)
    {
        var documents = new TestDocuments();
        for (var i = 0; i < count; i++)
        {
            documents.Add(Document());
        }

        return documents;
    }

    public string Document()
    {
        var members = new List<string> { $"\"id\":\"{_random.Next(1000)}\"" };
        Maybe(members, "a", () => Value(2));
        Maybe(members, "b", () => Number());
        Maybe(members, "s", () => Text());
        Maybe(members, "n", () => $"{{\"x\":{Value(1)}}}");
        Maybe(members, "tags", () => $"[{string.Join(',', Enumerable.Range(0, _random.Next(4)).Select(_ => Value(0)))}]");
        return $"{{{string.Join(',', members.OrderBy(_ => _random.Next()))}}}";
    }

    public string Query()
    {
        var join = Chance(25) ? " JOIN t IN c.tags" : "";
        var where = Chance(75) ? $" WHERE {Condition(3)}" : "";
        if (Chance(20))
        {
            return Grouped(join, where);
        }

        var order = Chance(50) ? " ORDER BY " + string.Join(", ", Enumerable.Range(0, 1 + _random.Next(2)).Select(_ => Path() + Pick("", " ASC", " DESC"))) : "";
        var distinct = Chance(20) ? "DISTINCT " : "";
        var top = Chance(15) ? $"TOP {_random.Next(30)} " : "";
        var select = Pick("VALUE c", join.Length > 0 ? "VALUE t" : "*", "VALUE " + Scalar(2), "c.id, " + Scalar(2), "c.a, c.b AS bee, [c.s, c.n.x] AS both");
        var limit = Chance(20) ? $" OFFSET {_random.Next(20)} LIMIT {_random.Next(60)}" : "";
        return $"SELECT {distinct}{top}{select} FROM c{join}{where}{order}{(top.Length > 0 ? "" : limit)}";
    }

    private string Grouped(string join, string where)
    {
        var aggregate = $"{Pick("COUNT", "SUM", "AVG", "MIN", "MAX", "COUNTIF", "MAKELIST", "MAKESET")}({Scalar(1)})";
        return Pick(
            $"SELECT VALUE {aggregate} FROM c{join}{where}",
            $"SELECT VALUE [{{\"item\": {aggregate}}}] FROM c{join}{where}",
            $"SELECT c.b, {aggregate} AS x FROM c{join}{where} GROUP BY c.b",
            $"SELECT [{{\"item\": c.a}}] AS groupByItems, {{\"x\": {{\"item\": {aggregate}}}}} AS payload FROM c{join}{where} GROUP BY c.a");
    }

    private string Condition(int depth) => (depth == 0 ? 3 + _random.Next(10) : _random.Next(13)) switch
    {
        0 or 1 => $"({Condition(depth - 1)} AND {Condition(depth - 1)})",
        2 => Pick($"({Condition(depth - 1)} OR {Condition(depth - 1)})", $"NOT ({Condition(depth - 1)})"),
        3 or 4 or 5 => $"{Path()} {Pick(Comparisons)} {Literal()}",
        6 => $"{Literal()} {Pick(Comparisons)} {Path()}",
        7 => $"{Path()} {Pick("", "NOT ")}IN ({Literal()}, {Literal()}, {Literal()})",
        8 => $"({Path()} {Pick("", "NOT ")}BETWEEN {Literal()} AND {Literal()})",
        9 => $"{Pick("STARTSWITH", "CONTAINS", "ENDSWITH", "STRINGEQUALS")}({Path()}, {Text()}{Pick("", ", false", ", true")})",
        10 => $"{Path()} {Pick("", "NOT ")}LIKE {Pick("'a%'", "'_b'", "'%'", "'ab'", "'[a-b]%'")}",
        11 => $"{Pick("", "NOT ")}{Pick("IS_DEFINED", "IS_NULL", "IS_STRING", "IS_NUMBER", "IS_BOOL", "IS_ARRAY", "IS_OBJECT", "IS_PRIMITIVE")}({Path()})",
        _ => Pick(Path(), $"EXISTS(SELECT VALUE x FROM x IN c.tags WHERE x = {Literal()})", $"ARRAY_CONTAINS(c.tags, {Literal()})", "true"),
    };

    private string Scalar(int depth) => (depth == 0 ? _random.Next(2) : _random.Next(8)) switch
    {
        0 => Literal(),
        1 or 2 => Path(),
        3 => $"({Scalar(depth - 1)} {Pick("+", "-", "*", "/", "%", "||", "&", "??")} {Scalar(depth - 1)})",
        4 => $"{Pick("ABS", "LENGTH", "UPPER", "ToString", "ARRAY_LENGTH", "IS_STRING", "FLOOR")}({Scalar(depth - 1)})",
        5 => $"({Condition(1)} ? {Scalar(depth - 1)} : {Scalar(depth - 1)})",
        6 => $"ARRAY(SELECT VALUE x FROM x IN c.tags WHERE x {Pick(Comparisons)} {Literal()})",
        _ => $"{{\"p\": {Scalar(depth - 1)}, \"q\": [{Scalar(depth - 1)}]}}",
    };

    private string Path() => Pick(Paths);

    private string Literal() => Chance(5) ? "undefined" : Value(1);

    private string Value(int depth) => (depth == 0 ? _random.Next(8) : _random.Next(10)) switch
    {
        0 => "null",
        1 => Pick("true", "false"),
        2 or 3 or 4 => Number(),
        8 => $"[{Value(depth - 1)}]",
        9 => $"{{\"x\":{Value(depth - 1)}}}",
        _ => Text(),
    };

    private string Number() => Pick("0", "-1", "0.5", "1e3", "9007199254740993", _random.Next(20).ToString(CultureInfo.InvariantCulture));

    private string Text() => "\"" + Pick("", "a", "ab", "abc", "b", "B", "\\u00e9", "\\ud83d\\ude00", "\\ue000", "z\\\"") + "\"";

    private void Maybe(List<string> members, string name, Func<string> value)
    {
        if (Chance(80))
        {
            members.Add($"\"{name}\":{value()}");
        }
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
