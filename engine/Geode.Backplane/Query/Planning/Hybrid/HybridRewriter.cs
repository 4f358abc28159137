using System.Globalization;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Query.Planning.Binding;
using Geode.Backplane.Query.Planning.Rewriting;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Hybrid;

/// <summary>Plans ORDER BY RANK as Cosmos DB does: a query for statistics, and a query per score whose rows carry the scores of all.</summary>
/// <param name="fusesPlainly">The client fuses rows that carry nothing but the scores, so that they need no sorting by it.</param>
internal sealed class HybridRewriter(QueryParameters parameters, bool fusesPlainly)
{
    // Fusing needs more rows than the client will return, and few more where it returns few.
    private const uint LeastRows = 120;
    private const uint RowsPerRow = 2;

    private static readonly SqlExpression Resumption = new SqlParameter("({documentdb-formattableorderbyquery-filter})");

    public HybridQueryInfo Rewrite(SqlQuery query)
    {
        var ranked = RankedScores.Of(query.OrderBy!, parameters);
        var texts = TextsOf(ranked);
        var scores = ScoresOf(ranked, Placeholders);
        var plain = fusesPlainly && scores.Count > 1;
        return new HybridQueryInfo
        {
            GlobalStatisticsQuery = SqlWriter.Write(Statistics(query, texts)),
            Components = [.. scores.Select(score => plain ? PlainComponent(query, score, scores) : Component(query, score, fusesPlainly ? [] : scores))],
            Weights = [.. ranked.Weights.Select(Math.Abs)],
            Skip = query.OffsetLimit is { } limits ? RowCounts.Of(limits.Offset, parameters) : null,
            Take = query.OffsetLimit is { Limit: var limit } ? RowCounts.Of(limit, parameters) : query.Select.Top is { } top ? RowCounts.Of(top, parameters) : null,
            RequiresGlobalStatistics = texts.Count > 0,
        };
    }

    /// <summary>The query for the statistics of one partition.</summary>
    public SqlQuery StatisticsOf(SqlQuery query, RankedScores ranked) => Statistics(query, TextsOf(ranked));

    /// <summary>The scores in the form that partitions compute.</summary>
    /// <param name="statistics">What to write for the statistics of a full-text score, by its number.</param>
    public IReadOnlyList<RankScore> ScoresOf(RankedScores ranked, Func<int, (SqlExpression Documents, SqlExpression Words, SqlExpression Hits)> statistics)
    {
        var texts = TextsOf(ranked);
        return [.. ranked.Calls.Select((call, i) => RankScore.Of(
            call,
            FullTextFunctions.IsScore(call) ? statistics(texts.FindIndex(text => text.Arguments.Equals(call.Arguments))) : null,
            ranked.Weights.Count > 0 && ranked.Weights[i] < 0))];
    }

    // Scores for the same are one.
    private static List<SqlFunctionCall> TextsOf(RankedScores ranked) => [.. ranked.Calls.Where(FullTextFunctions.IsScore).DistinctBy(call => call.Arguments)];

    // Printed as they stand; the client replaces them by the sums of what the statistics query gave.
    private static (SqlExpression Documents, SqlExpression Words, SqlExpression Hits) Placeholders(int text) => (
        Placeholder("totaldocumentcount"),
        Placeholder(string.Create(CultureInfo.InvariantCulture, $"totalwordcount-{text}")),
        Placeholder(string.Create(CultureInfo.InvariantCulture, $"hitcountsarray-{text}")));

    private static SqlParameter Placeholder(string name) => new($"{{documentdb-formattablehybridsearchquery-{name}}}");

    // Of all items of a partition, whatever the query's filter.
    private static SqlQuery Statistics(SqlQuery query, List<SqlFunctionCall> texts)
    {
        var statistics = texts.Select(SqlExpression (call) => AggregateRewrite.Object(
            ("totalWordCount", new SqlFunctionCall("SUM", [new SqlFunctionCall(FullTextFunctions.WordCount, [call.Arguments[0]])])),
            ("hitCounts", new SqlArray([.. call.Arguments.Skip<SqlExpression>(1).Select(SqlExpression (term) =>
                new SqlFunctionCall("COUNTIF", [new SqlFunctionCall(FullTextFunctions.Contains, [call.Arguments[0], term])]))]))));
        return new SqlQuery(
            new SqlSelect(new SqlSelectList(
            [
                new SqlSelectItem(new SqlFunctionCall("COUNT", [SqlLiterals.Integer(1)]), "documentCount"),
                new SqlSelectItem(new SqlArray([.. statistics]), "fullTextStatistics"),
            ])),
            query.From);
    }

    private QueryInfo Component(SqlQuery query, RankScore score, IReadOnlyList<RankScore> all)
    {
        var payload = AggregateRewrite.Object(("payload", Payload(query)), ("componentScores", new SqlArray([.. all.Select(s => s.OrWorst)])));
        var rewritten = Limited(query, Rid(query), new(new SqlArray([AggregateRewrite.Object(("item", score.Call))]), "orderByItems"), new(payload, "payload")) with
        {
            Where = query.Where is null ? Resumption : new SqlBinary(SqlBinaryOperator.And, query.Where, Resumption),
            OrderBy = score.Order,
        };
        return new QueryInfo
        {
            Top = query.Select.Top is null ? null : Rows(query),
            Offset = query.OffsetLimit is null ? null : 0,
            Limit = query.OffsetLimit is null ? null : Rows(query),
            OrderByDescending = [!score.Ascending],
            OrderByExpressions = [SqlWriter.Write(score.Call)],
            RewrittenQuery = SqlWriter.Write(rewritten),
            HasNonStreamingOrderBy = true,
        };
    }

    private QueryInfo PlainComponent(SqlQuery query, RankScore score, IReadOnlyList<RankScore> all)
    {
        var scores = new SqlArray([.. all.Select(s => s.Descending)]);
        var rewritten = Limited(query, Rid(query), new(Payload(query), "payload"), new(scores, "componentScores")) with { OrderBy = score.Order };
        return new QueryInfo { RewrittenQuery = SqlWriter.Write(rewritten) };
    }

    private static SqlSelectItem Rid(SqlQuery query) => new(new SqlMember(new SqlIdentifier(RootName.Of(query)), "_rid"));

    private SqlQuery Limited(SqlQuery query, params ReadOnlySpan<SqlSelectItem> items) => query with
    {
        Select = new SqlSelect(new SqlSelectList([.. items]), Top: query.Select.Top is null ? null : SqlLiterals.Integer(Rows(query)!.Value)),
        OffsetLimit = query.OffsetLimit is null ? null : new SqlOffsetLimit(SqlLiterals.Integer(0), SqlLiterals.Integer(Rows(query)!.Value)),
    };

    private static SqlExpression Payload(SqlQuery query) => query.Select.Selection switch
    {
        SqlSelectValue value => value.Expression,
        SqlSelectList list => Object(list),
        _ => new SqlIdentifier(RootName.Of(query)),
    };

    private static SqlObject Object(SqlSelectList list)
    {
        var names = ResultNames.Of(list);
        return new SqlObject([.. list.Items.Select((item, i) => new SqlProperty(names[i], item.Expression))]);
    }

    private uint? Rows(SqlQuery query)
    {
        var wanted = query.Select.Top is { } top
            ? RowCounts.Of(top, parameters)
            : query.OffsetLimit is { } limits ? unchecked(RowCounts.Of(limits.Offset, parameters) + RowCounts.Of(limits.Limit, parameters)) : null;
        return wanted is { } rows ? Math.Max(LeastRows, unchecked(RowsPerRow * rows)) : null;
    }
}
