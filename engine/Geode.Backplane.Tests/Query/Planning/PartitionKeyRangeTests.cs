using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Planning;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Tests.Query.Planning;

/// <summary>The keys that filters leave.</summary>
public sealed class PartitionKeyRangeTests
{
    private const string Everything = "*";

    [Theory]
    [InlineData("c.pk = 'a'", "[\"a\"]")]
    [InlineData("'a' = c.pk AND c.x > 1", "[\"a\"]")]
    [InlineData("c.pk IN ('a', 1, null)", "[\"a\"] [1] [null]")]
    [InlineData("c.pk = 'a' OR c.pk = 'b'", "[\"a\"] [\"b\"]")]
    [InlineData("c.pk = 'a' OR c.x = 1", Everything)]
    [InlineData("c.pk > 'a'", Everything)]
    [InlineData("c.pk = 'a' AND c.pk = 'b'", "")]
    [InlineData("c.a = 1 AND c.a = 2", "")]
    [InlineData("NOT (c.pk != 'a')", "[\"a\"]")]
    [InlineData("c.pk", "[true]")]
    [InlineData("c.pk = [1]", "[{}]")]
    [InlineData("c.pk >= 1 AND c.pk <= 1", "[1]")]
    [InlineData("c.pk + 1 = 3", "[2]")]
    [InlineData("LOWER(c.pk) = 'a'", "[\"a\"] [\"A\"]")]
    [InlineData("(c.pk ?? 'x') = 'a'", "[\"a\"]")]
    [InlineData("EXISTS(SELECT VALUE t FROM t IN c.x WHERE c.pk = 'a')", "[\"a\"]")]
    [InlineData("c.pk = @key", "[\"k\"]")]
    [InlineData("c.pk = @missing", "")]
    [InlineData("NOT IS_DEFINED(c.pk)", Everything)]
    public void A_filter_leaves_these_keys(string filter, string keys) =>
        Assert.Equal(Ranges(keys, ByPk), Plan($"SELECT * FROM c WHERE {filter}", ByPk).Ranges);

    [Theory]
    [InlineData("c.t = 'a'", "[\"a\"]")]
    [InlineData("c.t = 'a' AND c.u = 1", "[\"a\",1]")]
    [InlineData("c.t = 'a' AND c.u = 1 AND c.s = true", "[\"a\",1,true]")]
    [InlineData("c.t = 'a' AND c.s = true", "[\"a\"]")]
    [InlineData("c.u = 1", Everything)]
    [InlineData("(c.t = 'a' AND c.u = 1) OR (c.t = 'b' AND c.u = 2)", "[\"a\",1] [\"b\",2]")]
    [InlineData("(c.t = 'a' AND c.u = 1) OR c.t = 'a'", "[\"a\"]")]
    public void A_filter_leaves_prefixes_of_a_hierarchical_key(string filter, string keys) =>
        Assert.Equal(Ranges(keys, Hierarchical), Plan($"SELECT * FROM c WHERE {filter}", Hierarchical).Ranges);

    [Fact]
    public void Keys_are_seen_through_aliases_and_subqueries()
    {
        Assert.Equal(Ranges("[\"a\"]", ByPk), Plan("SELECT VALUE d FROM (SELECT c.pk AS k FROM c) AS d WHERE d.k = 'a'", ByPk).Ranges);
        Assert.Equal(Ranges("[\"a\"]", ByPk), Plan("SELECT x FROM c JOIN c.pk AS x WHERE x = 'a'", ByPk).Ranges);
        Assert.Equal(Ranges(Everything, ByPk), Plan("SELECT x FROM x IN c.items WHERE x.pk = 'a'", ByPk).Ranges);
    }

    [Theory]
    [InlineData("(SELECT VALUE COUNT(1) FROM t IN c.x WHERE c.pk = 'a') AS n WHERE n <= 1", Everything)]
    [InlineData("(SELECT VALUE COUNT(1) FROM t IN c.x WHERE NOT (c.a >= undefined)) AS n WHERE n = 0", Everything)]
    [InlineData("(SELECT VALUE COUNT(1) FROM t IN c.x WHERE c.pk = 'a') AS n WHERE n = 1", "[\"a\"]")]
    [InlineData("(SELECT COUNT(1) AS x FROM t IN c.x WHERE c.pk = 'a') AS n WHERE n.x = 0", Everything)]
    [InlineData("(SELECT COUNT(1) AS x FROM t IN c.x WHERE c.pk = 'a') AS n WHERE n.x = 1", "[\"a\"]")]
    [InlineData("(SELECT VALUE MAX(t) FROM t IN c.x WHERE c.pk = 'a') AS n", "[\"a\"]")]
    public void An_aggregate_of_no_rows_is_a_value_too(string join, string keys) =>
        Assert.Equal(Ranges(keys, ByPk), Plan($"SELECT VALUE c.id FROM c JOIN {join}", ByPk).Ranges);

    [Theory]
    [InlineData("NOT EXISTS(SELECT VALUE MAX(t) FROM t IN c.x)", Everything)]
    [InlineData("NOT EXISTS(SELECT VALUE COUNT(1) FROM t IN c.x)", Everything)]
    [InlineData("ALL(SELECT VALUE MAX(t) FROM t IN c.x)", Everything)]
    [InlineData("EXISTS(SELECT VALUE COUNT(1) FROM t IN c.x WHERE c.pk = 'a')", Everything)]
    [InlineData("EXISTS(SELECT MAX(t) AS m FROM t IN c.x WHERE c.pk = 'a')", Everything)]
    [InlineData("EXISTS(SELECT VALUE MAX(t) FROM t IN c.x WHERE c.pk = 'a')", "[\"a\"]")]
    public void An_aggregate_exists_if_its_value_does(string filter, string keys) =>
        Assert.Equal(Ranges(keys, ByPk), Plan($"SELECT * FROM c WHERE {filter}", ByPk).Ranges);

    [Fact]
    public void Long_filters_are_planned_quickly_and_never_too_narrow()
    {
        var many = string.Join(" AND ", Enumerable.Range(0, 500).Select(i => $"(c.a{i} = {i} OR c.b{i} = 1)"));
        Assert.Equal(Ranges("[\"a\"]", ByPk), Plan($"SELECT * FROM c WHERE c.pk = 'a' AND {many}", ByPk).Ranges);

        var points = Enumerable.Range(0, 5_000).ToArray();
        Assert.Equal(points.Length, Plan($"SELECT * FROM c WHERE c.pk IN ({string.Join(',', points)})", ByPk).Ranges.Count);
    }

    private static readonly PartitionKeyDefinition ByPk = PartitionKeyDefinition.Of(PartitionKeyScheme.HashV2, "/pk");
    private static readonly PartitionKeyDefinition Hierarchical = PartitionKeyDefinition.Of(PartitionKeyScheme.MultiHash, "/t", "/u", "/s");

    private static QueryPlan Plan(string query, PartitionKeyDefinition definition) =>
        QueryPlanner.Plan(SqlParser.Parse(query), QueryParameters.Of(("@key", SqlValue.From("k"))), definition);

    private static QueryRange[] Ranges(string keys, PartitionKeyDefinition definition)
    {
        if (keys == Everything) return [new QueryRange("", "FF", true, false)];
        if (keys.Length == 0) return [new QueryRange("", "", true, true)];
        return [.. keys.Split(' ').Select(PartitionKeyValue.Parse).Select(key =>
        {
            var epk = EffectivePartitionKey.Of(key, definition.Scheme);
            return key.Count == definition.Paths.Count ? new QueryRange(epk, epk, true, true) : new QueryRange(epk, epk + "FF", true, true);
        }).OrderBy(range => range.Min, StringComparer.Ordinal)];
    }
}
