using System.Text;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Tests.Query.Functions.Vectors;

public sealed class VectorSearchTests
{
    // Seen from [1,0]: a lies in its direction but far away, b is near, c points elsewhere; the others have no such vector.
    private static readonly TestDocuments Items = TestDocuments.Of(
        """
        [{"id":"none"},{"id":"c","v":[-1,1],"in":{"v":[-1,1]}},{"id":"text","v":"x"},{"id":"b","v":[1,0.5],"in":{"v":[1,0.5]}},
        {"id":"long","v":[1,0,0]},{"id":"a","v":[9,0],"in":{"v":[9,0]}}]
        """);

    [Theory]
    [InlineData(null, "a,b,c")]
    [InlineData("cosine", "a,b,c")]
    [InlineData("DotProduct", "a,b,c")]
    [InlineData("euclidean", "b,c,a")]
    public void The_most_similar_come_first_and_items_without_a_vector_not_at_all(string? function, string ids)
    {
        var options = new QueryOptions { Vectors = Policy(function) };
        Assert.Equal(ids, Ids("SELECT VALUE c.id FROM c ORDER BY VectorDistance(c.v, [1, 0])", options));
        Assert.Equal(ids, Ids("SELECT VALUE c.id FROM c ORDER BY VectorDistance([1, 0], c['v'], false)", options));
        Assert.Equal(ids, Ids("SELECT VALUE x.id FROM c AS x WHERE x.id != 'q' ORDER BY VECTORDISTANCE(x.v, @v, true, {'searchListSizeMultiplier': 5})", options));
        Assert.Equal(ids[..3], Ids("SELECT TOP 2 VALUE c.id FROM c ORDER BY VectorDistance(c.v, [1, 0])", options));
        Assert.Equal(ids[2..], Ids("SELECT VALUE c.id FROM c ORDER BY VectorDistance(c.v, [1, 0]) OFFSET 1 LIMIT 5", options));
    }

    [Theory]
    [InlineData("{'distanceFunction': 'Euclidean'}", "b,c,a")]
    [InlineData("{'distanceFunction': @function}", "b,c,a")]
    [InlineData("@options", "b,c,a")]
    [InlineData("{'dataType': 'int8'}", "a,c")]
    public void A_call_overrides_the_policy(string options, string ids) => Assert.Equal(
        ids, Ids($"SELECT VALUE c.id FROM c ORDER BY VectorDistance(c.v, [1, 0], true, {options})", new QueryOptions { Vectors = Policy("cosine") }));

    [Fact]
    public void The_score_that_is_selected_is_the_one_of_the_policy()
    {
        var options = new QueryOptions { Vectors = Policy("dotproduct", "/in/v") };
        Assert.Equal(
            ["9", "1", "-1"],
            Items.Query("SELECT VALUE VectorDistance(c['in'].v, [1, 0]) FROM c ORDER BY VectorDistance(c['in'].v, [1, 0])", options: options));
        Assert.Equal(["-1", "1", "9"], Items.Query("SELECT VALUE s.d FROM (SELECT VectorDistance(c['in'].v, [1, 0]) AS d FROM c) AS s WHERE IS_DEFINED(s.d)", options: options));
        Assert.Equal(["9"], Items.Query("SELECT VALUE (SELECT VALUE VectorDistance(c['in'].v, [1, 0])) FROM c WHERE c.id = 'a'", options: options));
    }

    [Fact]
    public void The_policy_says_how_long_a_vector_is() =>
        Assert.Empty(Ids("SELECT VALUE c.id FROM c ORDER BY VectorDistance(c.v, [1, 0, 0])", new QueryOptions { Vectors = Policy("cosine") }));

    [Theory]
    [InlineData("VectorDistance(c.v, [1, 0], true, {'distanceFunction': 'manhattan'})")]
    [InlineData("VectorDistance(c.v, [1, 0], true, {'dataType': 7})")]
    [InlineData("VectorDistance(c.v, [1, 0], true, {'dimensions': 2})")]
    [InlineData("VectorDistance(c.v, [1, 0], 7)")]
    [InlineData("VectorDistance(c.v, [1, 0]) ASC")]
    [InlineData("VectorDistance(c.v, [1, 0]) DESC")]
    public void What_means_nothing_is_refused_without_a_plan_too(string order) => Assert.Throws<SqlQueryException>(
        () => Ids($"SELECT VALUE c.id FROM c ORDER BY {order}", QueryOptions.Default));

    [Fact]
    public void A_definition_that_was_kept_unchecked_is_no_policy()
    {
        Assert.Null(VectorPolicy.Read("""{"vectorEmbeddingPolicy":{"vectorEmbeddings":7}}"""u8.ToArray()));
        Assert.NotNull(VectorPolicy.Read("""{"vectorEmbeddingPolicy":{"vectorEmbeddings":[7,{"path":"/v","dimensions":"x"}]}}"""u8.ToArray()));
    }

    private static VectorPolicy? Policy(string? function, string path = "/v") => function is null
        ? VectorPolicy.Read("{}"u8.ToArray())
        : VectorPolicy.Read(Encoding.UTF8.GetBytes(
            $$$"""{"vectorEmbeddingPolicy":{"vectorEmbeddings":[{"path":"{{{path}}}","dataType":"float32","distanceFunction":"{{{function}}}","dimensions":2}]}}"""));

    private static string Ids(string query, QueryOptions options)
    {
        var named = SqlValue.From(System.Text.Json.JsonDocument.Parse("""{"distanceFunction":"euclidean"}""").RootElement);
        var parameters = QueryParameters.Of(("@v", SqlValue.From([SqlValue.From(1L), SqlValue.From(0L)])), ("@function", SqlValue.From("euclidean")), ("@options", named));
        return string.Join(',', Items.Query(query, parameters, options: options).Select(id => id.Trim('"')));
    }
}
