using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Hybrid;

/// <summary>One score of ORDER BY RANK.</summary>
/// <param name="Call">In the form that partitions compute.</param>
/// <param name="IsText">By full text, else by distance.</param>
/// <param name="Ascending">The worst come first: its weight is negative.</param>
internal sealed record RankScore(SqlFunctionCall Call, bool IsText, bool Ascending)
{
    // As Cosmos DB writes the score of what has none, so that it comes last: the largest double, rounded.
    private static readonly SqlNumberLiteral Largest = new(1.79769e308);
    private static readonly SqlNumberLiteral Smallest = new(-1.79769e308);
    private static readonly SqlNumberLiteral MinusOne = SqlLiterals.Integer(-1);

    /// <param name="statistics">For a full-text score.</param>
    public static RankScore Of(SqlFunctionCall call, (SqlExpression Documents, SqlExpression Words, SqlExpression Hits)? statistics, bool ascending)
    {
        if (statistics is not var (documents, words, hits)) return new RankScore(call with { Name = FullTextFunctions.VectorScore }, IsText: false, ascending);
        var terms = new SqlArray([.. call.Arguments.Skip<SqlExpression>(1)]);
        return new RankScore(new SqlFunctionCall(FullTextFunctions.PartitionScore, [call.Arguments[0], terms, documents, words, hits]), IsText: true, ascending);
    }

    /// <summary>The score, or one that comes last where an item has none.</summary>
    public SqlExpression OrWorst => new SqlCoalesce(Call, Ascending ? Largest : IsText ? MinusOne : Smallest);

    /// <summary>The score turned so that more is better.</summary>
    public SqlExpression Descending => Ascending ? new SqlBinary(SqlBinaryOperator.Multiply, MinusOne, OrWorst) : OrWorst;

    /// <summary>The order that begins with the best. A distance has an order of its own, the most similar first.</summary>
    public SqlOrderBy Order => new([new SqlOrderItem(Call, Ascending ? SqlSortDirection.Ascending : IsText ? SqlSortDirection.Descending : null)]);
}
