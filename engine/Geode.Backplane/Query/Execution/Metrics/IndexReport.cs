using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Execution.Indexing;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Execution.Metrics;

/// <summary>Says which indexes a query could use, condition by condition, and which one served it.</summary>
internal static class IndexReport
{
    /// <param name="used">How the page got at its documents; null for a scan.</param>
    /// <param name="isLarge">There are so many documents that an index pays.</param>
    public static IReadOnlyList<IndexUse> Of(SqlQuery query, ExpressionCompiler expressions, QueryOptions options, string? used, bool isLarge)
    {
        if (PathFinder.For(query, options) is not { } paths)
            return [];
        var reader = new PredicateReader(paths, new ConstantReader(expressions));
        var found = new List<IndexUse>();
        foreach (var condition in Conditions(query.Where))
        {
            foreach (var predicate in reader.ReadAll(condition, out var isPrecise))
                found.Add(new IndexUse([NameOf(predicate.Path)], TextOf(query, condition), NameOf(predicate.Path) == used, isPrecise, isLarge));
        }

        var orders = (query.OrderBy?.Items ?? []).Select(item => (Path: paths.Find(item.Expression), item.Descending)).ToArray();
        if (orders is [{ Path: { } only }])
            found.Add(new IndexUse([NameOf(only)], null, NameOf(only) == used, true, isLarge));
        else if (orders.Length > 1 && orders.All(o => o.Path is not null))
            found.Add(Composite(orders.Select(o => (NameOf(o.Path!), o.Descending)), isLarge));
        var filtered = found.Where(f => f.Filter is not null).Select(f => f.Paths[0]).Distinct().ToArray();
        if (filtered.Length > 1)
            found.Add(Composite(filtered.Select(path => (path, false)), isLarge));
        return found;
    }

    // The engine has no index over several paths: it is for Cosmos DB, where one would help.
    private static IndexUse Composite(IEnumerable<(string Path, bool Descending)> paths, bool isLarge) =>
        new([.. paths.Select(p => $"{p.Path} {(p.Descending ? "DESC" : "ASC")}")], null, false, false, isLarge);

    private static string NameOf(string[] path) => "/" + string.Join('/', path);

    private static IEnumerable<SqlExpression> Conditions(SqlExpression? where) => where switch
    {
        null => [],
        SqlBinary { Operator: SqlBinaryOperator.And } chain => LogicalChain.Links(chain).SelectMany(Conditions),
        _ => [where],
    };

    private static string TextOf(SqlQuery query, SqlExpression condition) =>
        SqlWriter.Write(new AsRoot(query.From!.Sources[0] is SqlAliasedSource { BoundName: { } name } ? name : "").Rewrite(condition));

    private sealed class AsRoot(string name) : SqlRewriter
    {
        public override SqlExpression Rewrite(SqlExpression expression) =>
            expression is SqlIdentifier identifier && identifier.Name == name ? identifier with { Name = "ROOT" } : base.Rewrite(expression);
    }
}
