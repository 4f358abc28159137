namespace Geode.Tests.Backplane.Query.Execution;

public sealed class QueryExecutorTests
{
    private static readonly TestDocuments Products = TestDocuments.Of("""
        [
          {"id":"1","name":"bag","price":20.28,"tags":["a","b"],"type":"x"},
          {"id":"2","name":"pack","price":5.11,"tags":["b"],"type":"y","n":null},
          {"id":"3","name":"coat","price":62.21,"tags":[],"type":"x","n":7},
          {"id":"4","name":"sock","type":"y","n":"7"}
        ]
        """);

    [Theory]
    [InlineData("SELECT VALUE c.id FROM c", "\"1\" \"2\" \"3\" \"4\"")]
    [InlineData("SELECT VALUE c.id FROM c WHERE c.price > 10", "\"1\" \"3\"")]
    [InlineData("SELECT VALUE c.id FROM c ORDER BY c.price", "\"4\" \"2\" \"1\" \"3\"")]
    [InlineData("SELECT VALUE c.id FROM c ORDER BY c.type, c.price DESC", "\"3\" \"1\" \"2\" \"4\"")]
    [InlineData("SELECT VALUE t FROM c JOIN t IN c.tags", "\"a\" \"b\" \"b\"")]
    [InlineData("SELECT DISTINCT VALUE t FROM c JOIN t IN c.tags", "\"a\" \"b\"")]
    [InlineData("SELECT VALUE COUNT(1) FROM c", "4")]
    [InlineData("SELECT VALUE COUNT(c.price) FROM c", "3")]
    [InlineData("SELECT c.type, COUNT(1) AS n FROM c GROUP BY c.type", "{\"type\":\"x\",\"n\":2} {\"type\":\"y\",\"n\":2}")]
    [InlineData("SELECT VALUE c.id FROM c WHERE c.n != null", "\"3\" \"4\"")]
    [InlineData("SELECT VALUE c.id FROM c OFFSET 1 LIMIT 2", "\"2\" \"3\"")]
    [InlineData("SELECT TOP 1 VALUE c.id FROM c WHERE c.type = 'y'", "\"2\"")]
    [InlineData("SELECT VALUE c.id FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.tags WHERE t = 'a')", "\"1\"")]
    [InlineData("SELECT VALUE ARRAY(SELECT VALUE UPPER(t) FROM t IN c.tags) FROM c WHERE c.id = '1'", "[\"A\",\"B\"]")]
    public void Returns_the_rows_of(string query, string rows) => Assert.Equal(rows, string.Join(' ', Products.Query(query)));
}
