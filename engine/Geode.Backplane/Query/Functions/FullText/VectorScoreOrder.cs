using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Functions.FullText;

/// <summary>An order by what plans of ORDER BY RANK call <c>_VectorScore</c> is the order by distance that queries have anyway.</summary>
internal static class VectorScoreOrder
{
    private static readonly SqlNumberLiteral Farthest = new(double.MaxValue);

    public static SqlQuery Spell(SqlQuery query)
    {
        if (query.OrderBy is not { Items: [{ Expression: SqlFunctionCall { Udf: false } call } item] } orderBy || call.Name is not (FullTextFunctions.VectorScore or FullTextFunctions.PartitionScore))
        {
            return query;
        }

        // Where the worst come first, what has no score comes last all the same.
        var spelt = item.Direction == SqlSortDirection.Ascending
            ? item with { Expression = new SqlCoalesce(call, Farthest) }
            : call.Name == FullTextFunctions.VectorScore ? new SqlOrderItem(call with { Name = VectorFunctions.Name }) : item;
        return query with { OrderBy = orderBy with { Items = [spelt] } };
    }
}
