using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Planning;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Tests.Query.Planning;

/// <summary>What each kind of query becomes, as the SDK's planner has it. These run everywhere.</summary>
public sealed class QueryPlannerTests
{
    private static readonly PartitionKeyDefinition ByPk = PartitionKeyDefinition.Of(PartitionKeyScheme.HashV2, "/pk");

    [Theory]
    [InlineData("SELECT * FROM c", "")]
    [InlineData(
        "SELECT * FROM c ORDER BY c.n",
        "SELECT c._rid, [{\"item\": c.n}] AS orderByItems, c AS payload\nFROM c\nWHERE ({documentdb-formattableorderbyquery-filter})\nORDER BY c.n")]
    [InlineData(
        "SELECT VALUE d.a FROM c AS d WHERE d.x ORDER BY d.n DESC",
        "SELECT d._rid, [{\"item\": d.n}] AS orderByItems, d.a AS payload\nFROM c AS d\nWHERE ((d.x AND ({documentdb-formattableorderbyquery-filter})) AND IS_DEFINED(d.a))\nORDER BY d.n DESC")]
    [InlineData("SELECT VALUE COUNT(1) FROM c", "SELECT VALUE [{\"item\": COUNT(1)}]\nFROM c")]
    [InlineData("SELECT VALUE AVG(c.x) FROM c", "SELECT VALUE [{\"item\": {\"sum\": SUM(c.x), \"count\": COUNT(c.x)}}]\nFROM c")]
    [InlineData("SELECT VALUE MAX(c.x) FROM c", "SELECT VALUE [{\"item\": MAX(c.x), \"item2\": {\"max\": MAX(c.x), \"count\": COUNT(c.x)}}]\nFROM c")]
    [InlineData("SELECT COUNT(1) AS n, SUM(c.x) FROM c", "SELECT {\"n\": {\"item\": COUNT(1)}, \"$1\": {\"item\": SUM(c.x)}} AS payload\nFROM c")]
    [InlineData(
        "SELECT c.cat, COUNT(1) AS n FROM c GROUP BY c.cat",
        "SELECT [{\"item\": c.cat}] AS groupByItems, {\"cat\": c.cat, \"n\": {\"item\": COUNT(1)}} AS payload\nFROM c\nGROUP BY c.cat")]
    [InlineData("SELECT DISTINCT c.a FROM c", "")]
    [InlineData("SELECT DISTINCT TOP 5 c.a FROM c", "SELECT DISTINCT c.a\nFROM c")]
    [InlineData("SELECT * FROM c OFFSET 3 LIMIT 7", "SELECT *\nFROM c\nOFFSET 0 LIMIT 10")]
    [InlineData("SELECT * FROM c WHERE c.pk = 1 OFFSET 3 LIMIT 7", "")]
    [InlineData("SELECT VALUE COUNT(1) FROM (SELECT DISTINCT VALUE c.a FROM c) AS d", "SELECT DISTINCT VALUE c.a\nFROM c")]
    public void Queries_are_rewritten_for_the_partitions(string query, string rewritten) => Assert.Equal(rewritten, Plan(query).Info.RewrittenQuery);

    [Fact]
    public void A_plan_says_what_is_left_to_the_client()
    {
        var info = Plan("SELECT DISTINCT VALUE c.a FROM c ORDER BY c.a DESC OFFSET 2 LIMIT 5").Info;

        Assert.Equal(DistinctType.Ordered, info.DistinctType);
        Assert.Equal([true], info.OrderByDescending);
        Assert.Equal(["c.a"], info.OrderByExpressions);
        Assert.Equal((2u, 5u), (info.Offset, info.Limit));
        Assert.True(info.HasSelectValue);
    }

    [Fact]
    public void A_group_names_its_aggregates()
    {
        var info = Plan("SELECT c.k, AVG(c.x) AS mean FROM c GROUP BY c.k").Info;

        Assert.Equal(["c.k"], info.GroupByExpressions);
        Assert.Equal(["k", "mean"], info.GroupByAliases);
        Assert.Null(info.GroupByAliasToAggregateType["k"]);
        Assert.Equal("Average", info.GroupByAliasToAggregateType["mean"]);
    }

    [Theory]
    [InlineData("SELECT VALUE SUM((SELECT VALUE COUNT(1) FROM t IN c.x WHERE t > c.y)) FROM c", "Sum")]
    [InlineData("SELECT VALUE MAX(ARRAY_LENGTH(ARRAY(SELECT VALUE t.a FROM t IN c.x))) FROM c", "Max")]
    [InlineData("SELECT VALUE COUNT(EXISTS(SELECT VALUE t FROM c JOIN t IN c.x)) FROM c", "Count")]
    public void An_aggregate_may_be_of_a_subquery(string query, string aggregate) => Assert.Equal([aggregate], Plan(query).Info.Aggregates);

    [Fact]
    public void A_count_of_distinct_rows_is_named_or_is_the_value()
    {
        Assert.Equal("", Plan("SELECT VALUE COUNT(1) FROM (SELECT DISTINCT c.a FROM c)").Info.DistinctCountAlias);
        Assert.Equal("n", Plan("SELECT COUNT(1) AS n FROM (SELECT DISTINCT c.a FROM c)").Info.DistinctCountAlias);
        Assert.Null(Plan("SELECT COUNT(d) AS n FROM (SELECT DISTINCT VALUE c.a FROM c) AS d").Info.DistinctCountAlias);
    }

    [Fact]
    public void The_plan_is_written_as_clients_read_it()
    {
        using var json = JsonDocument.Parse(Plan("SELECT TOP 3 * FROM c WHERE c.pk = 'a'").ToJson());
        var root = json.RootElement;

        Assert.Equal(2, root.GetProperty("partitionedQueryExecutionInfoVersion").GetInt32());
        Assert.Equal("None", root.GetProperty("queryInfo").GetProperty("distinctType").GetString());
        Assert.Equal(3, root.GetProperty("queryInfo").GetProperty("top").GetInt32());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("queryInfo").GetProperty("offset").ValueKind);
        var range = Assert.Single(root.GetProperty("queryRanges").EnumerateArray());
        Assert.Equal("3A5381E1114EB8D3FCC90795045B49B7", range.GetProperty("min").GetString());
        Assert.True(range.GetProperty("isMaxInclusive").GetBoolean());
    }

    [Fact]
    public void An_order_that_no_index_streams_is_refused()
    {
        var error = Assert.Throws<SqlQueryException>(() => Plan("SELECT * FROM c ORDER BY LOWER(c.a)"));
        Assert.Equal("2206", Assert.Single(error.Errors).Code);
        Assert.True(Plan("SELECT * FROM c ORDER BY ST_DISTANCE(c.a, c.b)").Info.HasNonStreamingOrderBy);
    }

    private static QueryPlan Plan(string query) => QueryPlanner.Plan(SqlParser.Parse(query), QueryParameters.None, ByPk);
}
