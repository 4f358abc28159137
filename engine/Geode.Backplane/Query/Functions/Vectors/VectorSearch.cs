using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Planning.Binding;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Functions.Vectors;

/// <summary>Makes a query say what it leaves to the container's policy: which distance is meant, and that the most similar come first.
/// An item without a vector of the right kind is not near to anything: where the order is by distance it is left out.</summary>
internal sealed class VectorSearch : SqlRewriter
{
    private readonly VectorPolicy? _policy;
    private readonly QueryParameters _parameters;
    private string _root = "";

    private VectorSearch(VectorPolicy? policy, QueryParameters parameters) => (_policy, _parameters) = (policy, parameters);

    /// <exception cref="SqlQueryException">A call has an argument that means nothing, or an order by distance a direction.</exception>
    public static SqlQuery Spell(SqlQuery query, VectorPolicy? policy, QueryParameters parameters)
    {
        var isOrdered = query.OrderBy?.Items.Any(item => VectorCall.Is(item.Expression)) == true;
        if (!isOrdered && !Mentions(query))
        {
            return query;
        }

        var search = new VectorSearch(policy, parameters);
        var spelt = search.Rewrite(query);
        return isOrdered ? spelt with { Where = WithVectors(spelt.Where, spelt.OrderBy!.Items.Where((_, i) => VectorCall.Is(query.OrderBy!.Items[i].Expression))) } : spelt;
    }

    /// <summary>What a query calls the document; null for one that reads something else.</summary>
    public static string? RootOf(SqlQuery query) =>
        query.From is { Sources: { Count: > 0 } sources } && sources[0] is SqlAliasedSource { Collection: SqlPathCollection { Path.Count: 0 } } source ? source.BoundName : null;

    public override SqlQuery Rewrite(SqlQuery query)
    {
        var outer = _root;
        _root = RootOf(query) ?? outer;
        var rewritten = base.Rewrite(query);
        _root = outer;
        return rewritten;
    }

    public override SqlExpression Rewrite(SqlExpression expression)
    {
        var rewritten = base.Rewrite(expression);
        if (VectorCall.Is(rewritten) && VectorCheck.Of((SqlFunctionCall)rewritten, _parameters) is { } misuse)
        {
            throw new SqlQueryException([misuse]);
        }

        return VectorCall.Of(rewritten, _root, _policy, _parameters)?.Spelt() ?? rewritten;
    }

    public override SqlOrderItem Rewrite(SqlOrderItem item)
    {
        var rewritten = base.Rewrite(item);
        if (!VectorCall.Is(item.Expression))
        {
            return rewritten;
        }

        if (item.Direction is not null)
        {
            throw new SqlQueryException([VectorErrors.Direction(item.Span)]);
        }

        var descends = VectorCall.Of(item.Expression, _root, _policy, _parameters)!.Function.IsSimilarity();
        return rewritten with { Direction = descends ? SqlSortDirection.Descending : SqlSortDirection.Ascending };
    }

    private static SqlExpression? WithVectors(SqlExpression? where, IEnumerable<SqlOrderItem> distances)
    {
        foreach (var item in distances)
        {
            var has = new SqlFunctionCall("IS_DEFINED", [item.Expression]);
            where = where is null ? has : new SqlBinary(SqlBinaryOperator.And, where, has);
        }

        return where;
    }

    private static bool Mentions(SqlQuery query) =>
        SqlTree.Expressions(query).Any(e => SqlTree.Any(e, VectorCall.Is)) || SqlTree.Subqueries(query).Any(Mentions);
}
