using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Indexing;

/// <summary>The statistics that clients ask for before ORDER BY RANK, from the totals of the indexes: no document is looked at.</summary>
internal sealed class TextStatistics(FullTextSession session, IDocumentSource source)
{
    private readonly long _documents = source.Count;

    /// <summary>The one row of a query for statistics; null for any other query, and where the indexes cannot tell.</summary>
    public SqlValue? Row(SqlQuery query)
    {
        if (query is not { Where: null, GroupBy: null, OrderBy: null, OffsetLimit: null, From.Sources.Count: 1, Select: { Top: null, Distinct: false, Selection: SqlSelectList { Items: { Count: 2 } items } } }
            || !source.CountsExactly
            || items[0] is not { Alias: "documentCount", Expression: SqlFunctionCall { Arguments: [SqlNumberLiteral] } count } || !Is(count, "COUNT")
            || items[1] is not { Alias: "fullTextStatistics", Expression: SqlArray { Items: { Count: > 0 } texts } })
        {
            return null;
        }

        var statistics = new SqlValue[texts.Count];
        for (var i = 0; i < statistics.Length; i++)
        {
            if (OfText(texts[i]) is not { } one)
            {
                return null;
            }

            statistics[i] = one;
        }

        return SqlValue.From([new SqlField("documentCount", SqlValue.From(_documents)), new SqlField("fullTextStatistics", SqlValue.From(statistics))]);
    }

    private SqlValue? OfText(SqlExpression statistics)
    {
        if (statistics is not SqlObject { Properties: [{ Name: "totalWordCount", Value: SqlFunctionCall { Arguments: [SqlFunctionCall words] } sum }, { Name: "hitCounts", Value: SqlArray hits }] }
            || !Is(sum, "SUM") || !Is(words, FullTextFunctions.WordCount))
        {
            return null;
        }

        var counts = new SqlValue[hits.Items.Count];
        TermReader? reader = null;
        for (var i = 0; i < counts.Length; i++)
        {
            if (hits.Items[i] is not SqlFunctionCall { Arguments: [SqlFunctionCall contains] } countIf || !Is(countIf, "COUNTIF")
                || contains.Arguments[0] != words.Arguments[0] || session.SearchOf(contains) is not { Terms: [var term] } search)
            {
                return null;
            }

            reader = search.Reader;
            counts[i] = SqlValue.From((long)reader.HitsOf(term).Frequencies.Count);
        }

        // An index of more than the scope would count what lies outside it.
        return reader is null || reader.AllDocuments != _documents
            ? null
            : SqlValue.From([new SqlField("totalWordCount", SqlValue.From(reader.AllWords)), new SqlField("hitCounts", SqlValue.From(counts))]);
    }

    private static bool Is(SqlFunctionCall call, string name) => !call.Udf && call.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
