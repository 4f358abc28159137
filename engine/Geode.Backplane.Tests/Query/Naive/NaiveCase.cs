using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Tests.Query.Execution;

namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Documents, a query of them, and what the naive evaluator makes of it.</summary>
internal sealed record NaiveCase(IReadOnlyList<string> Documents, string Query)
{
    private static readonly (string Name, string Query)[] Definitions =
    [
        ("count", "SELECT VALUE ARRAY_LENGTH(c.tags) FROM c"),
        ("upper", "SELECT VALUE UPPER(c.s) FROM c"),
        ("list", "SELECT VALUE ARRAY_SLICE(c.nums, 1) FROM c"),
    ];

    /// <summary>Computed properties of the items.</summary>
    public static string[] Computed { get; } = [.. Definitions.Select(definition => definition.Name)];

    /// <summary>The same as a container is told.</summary>
    public static IEnumerable<(string Name, string Query)> ComputedProperties => Definitions;

    public static QueryOptions Options { get; } = Execution.Computed.Of(Definitions);

    /// <summary>The rows, each in its one spelling.</summary>
    public List<string> Expected() => Results().ConvertAll(result => NaiveJson.Write(result.Value));

    public List<NaiveResult> Results() => NaiveQuery.Results(SqlParser.Parse(Query), null, [.. Documents.Select(Item)]);

    public override string ToString() => $"{string.Join('\n', Documents)}\n{Query}";

    private static NaiveObject Item(string json)
    {
        var item = (NaiveObject)NaiveJson.Parse(json);
        var computed = Definitions
            .Select(definition => (definition.Name, Rows: NaiveQuery.Run(SqlParser.Parse(definition.Query), null, [item])))
            .ToList();
        foreach (var (name, rows) in computed)
            item.Computed[name] = rows.Count == 0 ? NaiveValue.Undefined : rows[0];
        return item;
    }
}
