using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Geode.Backplane.Query.Planning.Hybrid;

namespace Geode.Backplane.Query.Planning;

/// <summary>Writes plans in the form that Cosmos DB's clients read.</summary>
internal static class QueryPlanJson
{
    private const int FormatVersion = 2;
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(QueryPlan plan)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteNumber("partitionedQueryExecutionInfoVersion", FormatVersion);
            if (plan.Hybrid is null)
            {
                json.WritePropertyName("queryInfo");
                WriteObject(json, plan.Info);
            }
            else
            {
                json.WriteNull("queryInfo");
            }

            json.WriteStartArray("queryRanges");
            foreach (var range in plan.Ranges) Write(json, range);
            json.WriteEndArray();
            if (plan.Hybrid is not null) HybridQueryJson.Write(json, plan.Hybrid);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void WriteObject(Utf8JsonWriter json, QueryInfo info)
    {
        json.WriteStartObject();
        json.WriteString("distinctType", info.DistinctType.ToString());
        Write(json, "top", info.Top);
        Write(json, "offset", info.Offset);
        Write(json, "limit", info.Limit);
        Write(json, "orderBy", info.OrderByDescending.Select(descending => descending ? "Descending" : "Ascending"));
        Write(json, "orderByExpressions", info.OrderByExpressions);
        Write(json, "groupByExpressions", info.GroupByExpressions);
        Write(json, "groupByAliases", info.GroupByAliases);
        Write(json, "aggregates", info.Aggregates);
        json.WriteStartObject("groupByAliasToAggregateType");
        foreach (var (alias, aggregate) in info.GroupByAliasToAggregateType) json.WriteString(alias, aggregate);
        json.WriteEndObject();
        json.WriteString("rewrittenQuery", info.RewrittenQuery);
        json.WriteBoolean("hasSelectValue", info.HasSelectValue);
        if (info.DistinctCountAlias is null)
        {
            json.WriteNull("dCountInfo");
        }
        else
        {
            json.WriteStartObject("dCountInfo");
            json.WriteString("dCountAlias", info.DistinctCountAlias);
            json.WriteEndObject();
        }

        json.WriteBoolean("hasNonStreamingOrderBy", info.HasNonStreamingOrderBy);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, QueryRange range)
    {
        json.WriteStartObject();
        json.WriteString("min", range.Min);
        json.WriteString("max", range.Max);
        json.WriteBoolean("isMinInclusive", range.IsMinInclusive);
        json.WriteBoolean("isMaxInclusive", range.IsMaxInclusive);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, string name, uint? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
