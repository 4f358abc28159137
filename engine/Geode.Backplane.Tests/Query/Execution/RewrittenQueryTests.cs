using System.Text.Json;
using Geode.Backplane.Query.Execution;

namespace Geode.Backplane.Tests.Query.Execution;

/// <summary>The forms in which the clients send a query that the query plan rewrote.</summary>
public sealed class RewrittenQueryTests
{
    private static readonly TestDocuments Items = Numbered();

    [Fact]
    public void Orders_and_hands_out_what_the_client_merges_by()
    {
        var rid = TestDocument.ResourceId(3);
        Assert.Equal(
            "{\"_rid\":\"" + rid + "\",\"orderByItems\":[{}],\"payload\":{\"id\":\"3\"}}",
            Items.Query("""SELECT c._rid, [{"item": c.n}] AS orderByItems, {"id": c.id} AS payload FROM c WHERE (true) ORDER BY c.n""")[0]);
    }

    [Theory]
    [InlineData("SELECT VALUE [{\"item\": COUNT(1)}] FROM c", "[{\"item\":30}]")]
    [InlineData("SELECT VALUE [{\"item\": {\"sum\": SUM(c.n), \"count\": COUNT(c.n)}}] FROM c", "[{\"item\":{\"sum\":300,\"count\":20}}]")]
    [InlineData("SELECT VALUE [{\"item\": MIN(c.n), \"item2\": {\"min\": MIN(c.n), \"count\": COUNT(c.n)}}] FROM c", "[{\"item\":1,\"item2\":{\"min\":1,\"count\":20}}]")]
    [InlineData("SELECT VALUE [{\"item\": MIN(c.x), \"item2\": {\"min\": MIN(c.x), \"count\": COUNT(c.x)}}] FROM c", "[{\"item2\":{\"count\":0}}]")]
    [InlineData("SELECT {\"cnt\": {\"item\": COUNT(1)}, \"top\": {\"item\": MAX(c.n)}} AS payload FROM c", "{\"payload\":{\"cnt\":{\"item\":30},\"top\":{\"item\":29}}}")]
    [InlineData(
        "SELECT [{\"item\": c.cat}] AS groupByItems, {\"cat\": c.cat, \"n\": {\"item\": COUNT(1)}} AS payload FROM c GROUP BY c.cat",
        "{\"groupByItems\":[{\"item\":\"even\"}],\"payload\":{\"cat\":\"even\",\"n\":{\"item\":15}}} {\"groupByItems\":[{\"item\":\"odd\"}],\"payload\":{\"cat\":\"odd\",\"n\":{\"item\":15}}}")]
    public void Aggregates_in_parts_that_the_client_merges(string query, string rows) => Assert.Equal(rows, string.Join(' ', Items.Query(query)));

    [Fact]
    public void Ends_a_page_with_the_aggregate_so_far_when_the_client_will_merge()
    {
        var limits = new QueryLimits { DocumentsPerPage = 10 };
        Assert.Equal(
            ["[{\"item\":7}]", "[{\"item\":7}]", "[{\"item\":6}]"],
            Items.Query("SELECT VALUE [{\"item\": COUNT(c.n)}] FROM c", limits: limits));
        Assert.Equal(["20"], Items.Query("SELECT VALUE COUNT(c.n) FROM c", limits: limits));
    }

    [Theory]
    [InlineData("ASC", """{"value":[10],"exclude":false}""", "10,11,13")]
    [InlineData("ASC", """{"value":[10],"exclude":true}""", "11,13,14")]
    [InlineData("DESC", """{"value":[10],"exclude":true}""", "8,7,5")]
    [InlineData("ASC", """{"value":[9.5]}""", "10,11,13")]
    [InlineData("ASC", """{"value":[[]],"exclude":true}""", "1,2,4")]
    [InlineData("ASC", """{"value":["a"]}""", "")]
    public void Resumes_an_order_where_the_client_says(string direction, string filter, string first)
    {
        using var request = JsonDocument.Parse(filter);
        var options = new QueryOptions { Resume = QueryResumeFilter.Parse(request.RootElement) };
        var query = $"SELECT VALUE c.n FROM c WHERE (true) ORDER BY c.n {direction}";

        Assert.Equal(first, string.Join(',', Items.Query(query, options: options).Take(3)));
        Assert.Equal(first, string.Join(',', Items.Query(query, options: options with { UseIndexes = false }).Take(3)));
    }

    [Theory]
    [InlineData("ASC", "12,15,18")]
    [InlineData("DESC", "12,9,6")]
    public void Resumes_among_equal_values_at_a_document(string direction, string first)
    {
        using var request = JsonDocument.Parse($$"""{"value":[[]],"rid":"{{TestDocument.ResourceId(12)}}"}""");
        var options = new QueryOptions { Resume = QueryResumeFilter.Parse(request.RootElement) };

        var ids = Items.Query($"SELECT VALUE StringToNumber(c.id) FROM c ORDER BY c.n {direction}", options: options);
        Assert.Equal(first, string.Join(',', ids.Take(3)));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("{}")]
    [InlineData("""{"value":1}""")]
    [InlineData("""{"value":[1],"rid":"???"}""")]
    [InlineData("""{"value":[1],"rid":"AAAA"}""")]
    [InlineData("""{"value":[1],"exclude":1}""")]
    public void Refuses_a_malformed_resume_filter(string json)
    {
        using var request = JsonDocument.Parse(json);
        Assert.Throws<QueryException>(() => QueryResumeFilter.Parse(request.RootElement));
    }

    [Fact]
    public void Refuses_a_resume_filter_of_another_length()
    {
        var options = new QueryOptions { Resume = new QueryResumeFilter([], null, false) };
        Assert.Throws<QueryException>(() => Items.Query("SELECT * FROM c ORDER BY c.n", options: options));
    }

    /// <summary>Documents 1 to 30; n is the number, but every third has none.</summary>
    private static TestDocuments Numbered()
    {
        var documents = new TestDocuments();
        for (var i = 1; i <= 30; i++)
        {
            var n = i % 3 == 0 ? "" : $",\"n\":{i}";
            documents.Add($$"""{"id":"{{i}}","cat":"{{(i % 2 == 0 ? "even" : "odd")}}"{{n}},"_rid":"{{TestDocument.ResourceId((ulong)i)}}"}""");
        }

        return documents;
    }
}
