using System.Text.Json;
using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Planning.Binding;
using Geode.Backplane.Query.Planning.Hybrid;
using Geode.Backplane.Query.Planning.Rewriting;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution;

/// <summary>
/// ORDER BY RANK without a plan, as clients send it where one partition answers all: what the client would do otherwise is done here.
/// Statistics are those of the documents in scope. Ranks are fused by their reciprocals (G. Cormack and others, "Reciprocal Rank Fusion
/// outperforms Condorcet and individual Rank Learning Methods", 2009), as clients do it: equal scores share a rank.
/// </summary>
internal sealed class RankFusion(QueryExecutor executor, QueryParameters parameters, IDocumentSource source, QueryOptions options, CancellationToken cancel)
{
    private const double RankConstant = 60;

    private static readonly QueryLimits Unhurried = new() { BytesPerPage = int.MaxValue, DocumentsPerPage = long.MaxValue };

    private SqlValue? _statistics;

    /// <summary>The query with an order that partitions compute, and the fused score of each item by its <c>_rid</c>.</summary>
    /// <exception cref="SqlQueryException">The query has no meaning.</exception>
    public (SqlQuery Query, IReadOnlyDictionary<SqlValue, double>? Fused) Spell(SqlQuery query)
    {
        SqlBinder.Check(query, parameters);
        if (query.From is null)
        {
            return (query with { OrderBy = null }, null);
        }

        var plan = new HybridRewriter(parameters, fusesPlainly: false);
        var ranked = RankedScores.Of(query.OrderBy!, parameters);
        var scores = plan.ScoresOf(ranked, text => Statistics(plan, query, ranked, text));
        if (scores.Count == 1)
        {
            return (query with { OrderBy = scores[0].Order }, null);
        }

        var rid = new SqlMember(new SqlIdentifier(RootName.Of(query)), "_rid");
        var row = new SqlArray([rid, .. scores.Select(score => score.Descending)]);
        var all = new SqlQuery(new SqlSelect(new SqlSelectValue(row)), query.From, query.Where);
        var rows = Run(all).Select(value => value.ToItems()).ToList();
        var order = new SqlOrderItem(new SqlFunctionCall(FullTextFunctions.FusedScore, [rid]), SqlSortDirection.Descending);
        return (query with { OrderBy = new SqlOrderBy([order]) }, Fuse(rows, ranked.Weights));
    }

    private static Dictionary<SqlValue, double> Fuse(List<SqlValue[]> rows, IReadOnlyList<double> weights)
    {
        var fused = new double[rows.Count];
        var order = new int[rows.Count];
        for (var score = 1; rows.Count > 0 && score < rows[0].Length; score++)
        {
            for (var i = 0; i < order.Length; i++)
            {
                order[i] = i;
            }

            Array.Sort(order, (x, y) => rows[y][score].Number.CompareTo(rows[x][score].Number));
            var weight = weights.Count > 0 ? Math.Abs(weights[score - 1]) : 1;
            for (int i = 0, rank = 1; i < order.Length; i++)
            {
                rank += i > 0 && rows[order[i]][score].Number != rows[order[i - 1]][score].Number ? 1 : 0;
                fused[order[i]] += weight / (RankConstant + rank);
            }
        }

        var result = new Dictionary<SqlValue, double>();
        for (var i = 0; i < fused.Length; i++)
        {
            result[rows[i][0]] = fused[i];
        }

        return result;
    }

    private (SqlExpression Documents, SqlExpression Words, SqlExpression Hits) Statistics(HybridRewriter plan, SqlQuery query, RankedScores ranked, int text)
    {
        _statistics ??= Run(plan.StatisticsOf(query, ranked))[0];
        var own = _statistics.Value[new PropertyName("fullTextStatistics")].ToItems()[text];
        return (
            Number(_statistics.Value[new PropertyName("documentCount")]),
            Number(own[new PropertyName("totalWordCount")]),
            new SqlArray([.. own[new PropertyName("hitCounts")].ToItems().Select(Number)]));
    }

    private static SqlExpression Number(SqlValue value) => new SqlNumberLiteral(value.Number);

    private List<SqlValue> Run(SqlQuery query)
    {
        var rows = new List<SqlValue>();
        QueryContinuation? from = null;
        do
        {
            var page = executor.WithLimits(Unhurried).Execute(query, parameters, source, from, int.MaxValue, options with { Resume = null }, cancel);
            using var document = JsonDocument.Parse(page.Items, SqlValue.ReaderOptions);
            rows.AddRange(document.RootElement.EnumerateArray().Select(SqlValue.From));
            from = page.Continuation is { } more ? QueryContinuation.Parse(more) : null;
        }
        while (from is not null);

        return rows;
    }
}
