using System.Text;
using System.Text.Json.Nodes;
using Geode.Backplane.Protocol;

namespace Geode.Backplane.Tests.Protocol;

public sealed class IndexingPolicyRulesTests
{
    [Theory]
    [InlineData("""{"indexingMode":"lazy"}""", "consistent or none")]
    [InlineData("""{"indexingMode":1}""", "'indexingMode' must be a string")]
    [InlineData("""{"automatic":"yes"}""", "true or false")]
    [InlineData("[]", "must be an object")]
    [InlineData("""{"includedPaths":[{"path":"/a/?"}]}""", "special mandatory indexing path")]
    [InlineData("""{"excludedPaths":[{"path":"/a/?"}]}""", "special mandatory indexing path")]
    [InlineData("""{"includedPaths":{}}""", "must be an array")]
    [InlineData("""{"includedPaths":[{}]}""", "has a 'path'")]
    [InlineData("""{"includedPaths":[{"path":"/*"},{"path":"/a"}]}""", "must end with /? or /*")]
    [InlineData("""{"includedPaths":[{"path":"/*"},{"path":"/a-b/?"}]}""", "could not be accepted, failed near position '2'")]
    [InlineData("""{"includedPaths":[{"path":"/*"}],"excludedPaths":[{"path":"/*"}]}""", "both included and excluded")]
    [InlineData("""{"includedPaths":[{"path":"/*"}],"excludedPaths":[{"path":"/a/[]/{b, c}/?"}]}""", "only included paths may have tuples")]
    [InlineData("""{"compositeIndexes":{}}""", "must be an array")]
    [InlineData("""{"compositeIndexes":[[{"path":"/a"}]]}""", "2 to 8 paths")]
    [InlineData("""{"compositeIndexes":[[{"path":"/a"},{"path":"/b/*"}]]}""", "wildcards and tuples are not allowed")]
    [InlineData("""{"compositeIndexes":[[{"path":"/a"},{"path":"/b","order":"up"}]]}""", "ascending or descending")]
    [InlineData("""{"compositeIndexes":[[{"path":"/a"},{"path":"/b","order":1}]]}""", "'order' must be a string")]
    [InlineData("""{"spatialIndexes":[{"path":"/l/*","types":["Circle"]}]}""", "Point, LineString, Polygon, MultiPolygon")]
    [InlineData("""{"spatialIndexes":[{"types":["Point"]}]}""", "has a 'path'")]
    [InlineData("""{"spatialIndexes":[{"path":"/l/*"}]}""", "cannot be empty")]
    [InlineData("""{"spatialIndexes":[{"path":"/l/*","types":[]}]}""", "cannot be empty")]
    public void A_policy_that_means_nothing_is_refused(string policy, string error) =>
        Assert.Contains(error, Refusal($$""" "indexingPolicy":{{policy}} """).Message, StringComparison.Ordinal);

    [Fact]
    public void There_are_at_most_so_many_paths()
    {
        Assert.Contains("at most 1500", Refusal($$""" "indexingPolicy":{"includedPaths":[{{Many(1501, i => $$"""{"path":"/p{{i}}/?"}""")}}]} """).Message, StringComparison.Ordinal);
        Assert.Contains("at most 100", Refusal($$""" "indexingPolicy":{"compositeIndexes":[{{Many(101, i => $$"""[{"path":"/a"},{"path":"/b{{i}}"}]""")}}]} """).Message, StringComparison.Ordinal);
        Assert.Contains("2 to 8", Refusal($$""" "indexingPolicy":{"compositeIndexes":[[{{Many(9, i => $$"""{"path":"/a{{i}}"}""")}}]]} """).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spatial_index_over_a_plane_says_where_the_plane_ends()
    {
        const string index = """ "geospatialConfig":{"type":"Geometry"},"indexingPolicy":{"spatialIndexes":[{"path":"/l/*","types":["Point"]BOX}]} """;
        Assert.Contains("boundingBox", Refusal(index.Replace("BOX", "", StringComparison.Ordinal)).Message, StringComparison.Ordinal);
        Complete(index.Replace("BOX", ""","boundingBox":{"xmin":0,"ymin":0,"xmax":1,"ymax":1}""", StringComparison.Ordinal));
    }

    [Fact]
    public void A_spatial_index_of_one_type_is_one_of_all()
    {
        var policy = Complete(""" "indexingPolicy":{"spatialIndexes":[{"path":"/l/*","types":["LineString"]}]} """)["indexingPolicy"]!;
        Assert.Equal(["Point", "LineString", "Polygon", "MultiPolygon"], policy["spatialIndexes"]![0]!["types"]!.AsArray().Select(t => t!.GetValue<string>()));
    }

    [Theory]
    [InlineData("null", """{"indexingMode":"consistent","automatic":true,"includedPaths":[{"path":"/*"}],"excludedPaths":[{"path":"/\u0022_etag\u0022/?"}]}""")]
    [InlineData("""{"indexingMode":"Consistent","includedPaths":[],"excludedPaths":[]}""", """{"indexingMode":"consistent","includedPaths":[{"path":"/*"}],"excludedPaths":[{"path":"/\u0022_etag\u0022/?"}],"automatic":true}""")]
    [InlineData("""{"includedPaths":[{"path":"/_etag/?"}],"excludedPaths":[{"path":"/"}]}""", """{"includedPaths":[{"path":"/_etag/?"}],"excludedPaths":[{"path":"/"}],"indexingMode":"consistent","automatic":true}""")]
    [InlineData("""{"indexingMode":"none"}""", """{"indexingMode":"none","automatic":false,"includedPaths":[],"excludedPaths":[]}""")]
    [InlineData("""{"includedPaths":[{"path":"/*"}],"compositeIndexes":[[{"path":"/a"},{"path":"/b/?","order":"descending"}]]}""", """{"includedPaths":[{"path":"/*"}],"compositeIndexes":[[{"path":"/a","order":"ascending"},{"path":"/b/?","order":"descending"}]],"indexingMode":"consistent","automatic":true,"excludedPaths":[{"path":"/\u0022_etag\u0022/?"}]}""")]
    public void What_a_policy_leaves_out_is_filled_in(string policy, string completed) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(completed), Complete($$""" "indexingPolicy":{{policy}} """)["indexingPolicy"]));

    private static string Many(int count, Func<int, string> one) => string.Join(',', Enumerable.Range(0, count).Select(one));

    private static ProtocolException Refusal(string members)
    {
        var refusal = Assert.Throws<ProtocolException>(() => Complete(members));
        Assert.Equal(400, refusal.Status);
        return refusal;
    }

    private static JsonObject Complete(string members) =>
        ContainerRules.Complete(Encoding.UTF8.GetBytes($$"""{"id":"c","partitionKey":{"paths":["/pk"],"version":2},{{members}}}"""));
}
