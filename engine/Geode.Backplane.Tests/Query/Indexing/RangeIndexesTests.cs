using System.Text;
using Geode.Backplane.Query.Indexing;

namespace Geode.Backplane.Tests.Query.Indexing;

public sealed class RangeIndexesTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("food", true)]
    [InlineData("food|ingredients", false)]
    [InlineData("food|ingredients|fat", false)]
    [InlineData("food|ingredients|nutrition", true)]
    [InlineData("food|ingredients|nutrition|fat", true)]
    [InlineData("secret", false)]
    [InlineData("secret|below", true)]
    [InlineData("tree", true)]
    [InlineData("tree|below", false)]
    [InlineData("list|[]|x", false)]
    [InlineData("list|[]|y", true)]
    [InlineData("_etag", false)]
    [InlineData("_ts", true)]
    [InlineData("id", true)]
    public void The_more_precise_path_decides(string steps, bool isIndexed)
    {
        var indexes = Read("""
            "indexingMode":"consistent",
            "includedPaths":[{"path":"/*"},{"path":"/food/ingredients/nutrition/*"},{"path":"/tree/?"}],
            "excludedPaths":[{"path":"/food/ingredients/*"},{"path":"/secret/?"},{"path":"/tree/*"},{"path":"/list/[]/x/?"},{"path":"/\"_etag\"/?"}]
            """);
        Assert.Equal(isIndexed, indexes.Has(steps.Split('|')));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("b", false)]
    [InlineData("id", true)]
    [InlineData("_ts", true)]
    public void Where_the_root_is_excluded_only_what_is_included_is_indexed(string step, bool isIndexed) => Assert.Equal(
        isIndexed,
        Read("""
            "indexingMode":"consistent","includedPaths":[{"path":"/a/?"}],"excludedPaths":[{"path":"/*"}]
            """).Has([step]));

    [Fact]
    public void Without_indexing_nothing_is() => Assert.False(Read("""
        "indexingMode":"none","includedPaths":[],"excludedPaths":[]
        """).Has(["id"]));

    [Theory]
    [InlineData("/plain/?", true, false)]
    [InlineData("/low/?", true, true)]
    [InlineData("/low/*", true, true)]
    public void A_computed_property_is_indexed_by_its_own_path_alone(string path, bool plain, bool computed)
    {
        var indexes = Read(
            $$"""
            "indexingMode":"consistent","includedPaths":[{"path":"/*"},{"path":"{{path}}"}],"excludedPaths":[]
            """,
            """
            "computedProperties":[{"name":"low","query":"SELECT VALUE LOWER(c.name) FROM c"}]
            """);
        Assert.Equal((plain, computed), (indexes.Has(["plain"]), indexes.Has(["low"])));
    }

    // The table of Azure's documentation, and what it leaves out.
    [Theory]
    [InlineData("name age", "name age", true)]
    [InlineData("name age", "age name", false)]
    [InlineData("name age", "-name -age", true)]
    [InlineData("name age", "name -age", false)]
    [InlineData("name -age", "-name age", true)]
    [InlineData("name age timestamp", "name age timestamp", true)]
    [InlineData("name age timestamp", "name age", false)]
    [InlineData("name age", "name age timestamp", false)]
    public void An_order_by_several_values_needs_its_own_composite_index(string index, string order, bool isIndexed)
    {
        var paths = index.Split(' ').Select(p => $$"""{"path":"/{{p.TrimStart('-')}}","order":"{{(p[0] == '-' ? "descending" : "ascending")}}"}""");
        var indexes = Read($$"""
            "indexingMode":"consistent","includedPaths":[{"path":"/*"}],"excludedPaths":[],"compositeIndexes":[[{{string.Join(',', paths)}}]]
            """);
        Assert.Equal(isIndexed, indexes.Has([.. order.Split(' ').Select(o => ((IReadOnlyList<string>)[o.TrimStart('-')], o[0] == '-'))]));
    }

    private static RangeIndexes Read(string policy, string? more = null) =>
        RangeIndexes.Read(Encoding.UTF8.GetBytes($$"""{"indexingPolicy":{{{policy}}}{{(more is null ? "" : "," + more)}}}"""));
}
