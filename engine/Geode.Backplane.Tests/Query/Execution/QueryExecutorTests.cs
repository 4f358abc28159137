using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Tests.Query.Execution;

/// <summary>Each clause of the language over a handful of documents.</summary>
public sealed class QueryExecutorTests
{
    private static readonly TestDocuments Products = TestDocuments.Of("""
        [
          {"id":"1","name":"bag","price":20.28,"tags":["a","b"],"type":"x","size":{"w":1,"h":2}},
          {"id":"2","name":"pack","price":5.11,"tags":["b"],"type":"y","n":null,"size":{"h":2,"w":1}},
          {"id":"3","name":"coat","price":62.21,"tags":[],"type":"x","n":7,"colors":[{"c":"red","q":[1,2]},{"c":"blue","q":[3]}]},
          {"id":"4","name":"sock","type":"y","n":"7","active":true}
        ]
        """);

    [Theory]
    [InlineData("SELECT VALUE c.id FROM c", "\"1\" \"2\" \"3\" \"4\"")]
    [InlineData("SELECT VALUE p.id FROM products p", "\"1\" \"2\" \"3\" \"4\"")]
    [InlineData("SELECT c.id, c.price FROM c WHERE c.id IN ('3', '4')", "{\"id\":\"3\",\"price\":62.21} {\"id\":\"4\"}")]
    [InlineData("SELECT c.size.w, c['size']['h'] AS high, 1 + 1, 'x' FROM c WHERE c.id = '1'", "{\"w\":1,\"high\":2,\"$1\":2,\"$2\":\"x\"}")]
    [InlineData("SELECT 'Adventure', 'Works'", "{\"$1\":\"Adventure\",\"$2\":\"Works\"}")]
    [InlineData("SELECT * FROM c.size", "{\"w\":1,\"h\":2} {\"h\":2,\"w\":1}")]
    [InlineData("SELECT VALUE x FROM c.colors[1] x", "{\"c\":\"blue\",\"q\":[3]}")]
    [InlineData("SELECT VALUE t FROM t IN c.tags", "\"a\" \"b\" \"b\"")]
    [InlineData("SELECT * FROM t IN c.tags", "\"a\" \"b\" \"b\"")]
    [InlineData("SELECT VALUE {id: c.id, t: t} FROM c JOIN t IN c.tags WHERE t != 'a'", "{\"id\":\"1\",\"t\":\"b\"} {\"id\":\"2\",\"t\":\"b\"}")]
    [InlineData("SELECT VALUE [k.c, q] FROM c JOIN k IN c.colors JOIN q IN k.q", "[\"red\",1] [\"red\",2] [\"blue\",3]")]
    [InlineData("SELECT VALUE t FROM c JOIN (SELECT VALUE x FROM x IN c.tags WHERE x > 'a') AS t", "\"b\" \"b\"")]
    [InlineData("SELECT VALUE t FROM c JOIN t IN (SELECT VALUE c.tags)", "\"a\" \"b\" \"b\"")]
    [InlineData("SELECT VALUE c.id FROM c JOIN (SELECT VALUE COUNT(1) FROM t IN c.tags) AS n WHERE n > 1", "\"1\"")]
    [InlineData("SELECT VALUE c.missing FROM c", "")]
    [InlineData("SELECT c.missing FROM c WHERE c.id = '1'", "{}")]
    [InlineData("SELECT VALUE c.id FROM c WHERE c.active", "\"4\"")]
    [InlineData("SELECT TOP 1 VALUE c.id FROM c WHERE c.type = 'y'", "\"2\"")]
    [InlineData("SELECT TOP 0 VALUE c.id FROM c", "")]
    [InlineData("SELECT VALUE c.id FROM c OFFSET 1 LIMIT 2", "\"2\" \"3\"")]
    [InlineData("SELECT VALUE c.id FROM c ORDER BY c.price OFFSET 3 LIMIT 5", "\"3\"")]
    [InlineData("SELECT DISTINCT VALUE t FROM c JOIN t IN c.tags", "\"a\" \"b\"")]
    [InlineData("SELECT DISTINCT VALUE c.size FROM c", "{\"w\":1,\"h\":2}")]
    [InlineData("SELECT VALUE c.name FROM c WHERE c.name LIKE '%a%'", "\"bag\" \"pack\" \"coat\"")]
    [InlineData("SELECT VALUE c.name FROM c WHERE c.name LIKE '_a[a-h]'", "\"bag\"")]
    [InlineData("SELECT VALUE '50%' LIKE '50!%' ESCAPE '!'", "true")]
    [InlineData("SELECT VALUE c.name FROM c WHERE c.name NOT LIKE '%a%'", "\"sock\"")]
    public void Selects_the_rows_of(string query, string rows) => Assert.Equal(rows, string.Join(' ', Products.Query(query)));

    [Theory]
    [InlineData("ORDER BY c.price", "4213")]
    [InlineData("ORDER BY c.price DESC", "3124")]
    [InlineData("ORDER BY c.type, c.price DESC", "3124")]
    [InlineData("ORDER BY c.type DESC, c.price", "4213")]
    [InlineData("ORDER BY c.n", "1234")]
    [InlineData("ORDER BY c.n DESC", "4321")]
    [InlineData("ORDER BY c.type", "1324")]
    [InlineData("ORDER BY c.type DESC", "4231")]
    [InlineData("WHERE c.tags != [] ORDER BY LENGTH(c.name) DESC, c.id", "21")]
    public void Orders_by_value_then_by_document_in_the_direction_of_the_first(string clauses, string ids) =>
        Assert.Equal(ids, string.Concat(Products.Query($"SELECT VALUE c.id FROM c {clauses}").Select(id => id.Trim('"'))));

    [Theory]
    [InlineData("SELECT VALUE COUNT(1) FROM c", "4")]
    [InlineData("SELECT VALUE COUNT(c.price) FROM c", "3")]
    [InlineData("SELECT VALUE COUNT(1) FROM c WHERE false", "0")]
    [InlineData("SELECT VALUE COUNT(1)", "1")]
    [InlineData("SELECT VALUE COUNT(undefined) FROM c", "0")]
    [InlineData("SELECT VALUE SUM(c.price) FROM c WHERE c.id < '3'", "25.39")]
    [InlineData("SELECT VALUE SUM(c.n) FROM c", "")]
    [InlineData("SELECT VALUE SUM(c.price) FROM c WHERE false", "0")]
    [InlineData("SELECT VALUE AVG(c.price) FROM c", "29.2")]
    [InlineData("SELECT AVG(c.price) AS a FROM c WHERE false", "{}")]
    [InlineData("SELECT VALUE MIN(c.n) FROM c", "null")]
    [InlineData("SELECT VALUE MAX(c.n) FROM c", "\"7\"")]
    [InlineData("SELECT VALUE MAX(c.tags) FROM c", "")]
    [InlineData("SELECT VALUE COUNTIF(c.price > 10) FROM c", "2")]
    [InlineData("SELECT VALUE MAKELIST(c.type) FROM c", "[\"x\",\"y\",\"x\",\"y\"]")]
    [InlineData("SELECT VALUE MAKESET(c.type) FROM c", "[\"x\",\"y\"]")]
    [InlineData("SELECT COUNT(1) AS n, MAX(c.price) AS m FROM c", "{\"n\":4,\"m\":62.21}")]
    [InlineData("SELECT c.type, COUNT(1) AS n FROM c GROUP BY c.type", "{\"type\":\"x\",\"n\":2} {\"type\":\"y\",\"n\":2}")]
    [InlineData("SELECT c.active, COUNT(1) AS n FROM c GROUP BY c.active", "{\"n\":3} {\"active\":true,\"n\":1}")]
    [InlineData("SELECT VALUE c.type FROM c GROUP BY c.type", "\"x\" \"y\"")]
    [InlineData("SELECT c.type, c.active FROM c GROUP BY c.type, c.active", "{\"type\":\"x\"} {\"type\":\"y\"} {\"type\":\"y\",\"active\":true}")]
    [InlineData("SELECT UPPER(c.type) AS t, MAX(c.price) AS m FROM c GROUP BY UPPER(c.type)", "{\"t\":\"X\",\"m\":62.21} {\"t\":\"Y\",\"m\":5.11}")]
    [InlineData("SELECT VALUE COUNT(1) FROM (SELECT DISTINCT VALUE t FROM c JOIN t IN c.tags)", "2")]
    [InlineData("SELECT VALUE COUNT(1) FROM (SELECT DISTINCT c.type, c.active FROM c) AS d", "3")]
    [InlineData("SELECT VALUE MAX(d.n) FROM (SELECT c.type, COUNT(1) AS n FROM c GROUP BY c.type) AS d", "2")]
    [InlineData("SELECT VALUE d FROM (SELECT TOP 2 VALUE c.price FROM c ORDER BY c.price DESC) AS d", "62.21 20.28")]
    [InlineData("SELECT VALUE d.id FROM (SELECT VALUE c FROM c WHERE c.type = 'x') AS d WHERE d.price > 50", "\"3\"")]
    [InlineData("SELECT VALUE [d.id, t] FROM (SELECT VALUE c FROM c WHERE c.type = 'x') AS d JOIN t IN d.tags", "[\"1\",\"a\"] [\"1\",\"b\"]")]
    public void Aggregates(string query, string rows) => Assert.Equal(rows, string.Join(' ', Products.Query(query)));

    [Theory]
    [InlineData("SELECT VALUE EXISTS(SELECT VALUE t FROM t IN c.tags WHERE t = 'a') FROM c", "true false false false")]
    [InlineData("SELECT VALUE ALL(SELECT VALUE t FROM t IN c.tags WHERE t = 'b') FROM c", "false true true true")]
    [InlineData("SELECT VALUE ARRAY(SELECT VALUE UPPER(t) FROM t IN c.tags) FROM c", "[\"A\",\"B\"] [\"B\"] [] []")]
    [InlineData("SELECT VALUE ARRAY(SELECT DISTINCT VALUE t FROM t IN c.tags ORDER BY t DESC) FROM c WHERE c.id = '1'", "[\"b\",\"a\"]")]
    [InlineData("SELECT VALUE (SELECT VALUE COUNT(1) FROM t IN c.tags) FROM c", "2 1 0 0")]
    [InlineData("SELECT VALUE (SELECT t, COUNT(1) AS n FROM t IN c.tags GROUP BY t) FROM c WHERE c.id = '2'", "{\"t\":\"b\",\"n\":1}")]
    [InlineData("SELECT VALUE ARRAY(SELECT VALUE {k: k.c, n: (SELECT VALUE SUM(q) FROM q IN k.q)} FROM k IN c.colors) FROM c WHERE c.id = '3'", "[{\"k\":\"red\",\"n\":3},{\"k\":\"blue\",\"n\":3}]")]
    [InlineData("SELECT VALUE FIRST(SELECT VALUE t FROM t IN c.tags) FROM c", "\"a\" \"b\"")]
    [InlineData("SELECT VALUE LAST(SELECT VALUE t FROM t IN c.tags) FROM c", "\"b\" \"b\"")]
    [InlineData("SELECT VALUE c.id FROM c WHERE (SELECT VALUE COUNT(1) FROM t IN c.tags) = 2", "\"1\"")]
    public void Runs_subqueries(string query, string rows) => Assert.Equal(rows, string.Join(' ', Products.Query(query)));

    [Theory]
    [InlineData("SELECT VALUE (SELECT VALUE t FROM t IN c.tags) FROM c", "The cardinality of a scalar subquery result set cannot be greater than one.")]
    [InlineData("SELECT VALUE x.id FROM c", "Identifier 'x' could not be resolved.")]
    [InlineData("SELECT VALUE @p FROM c", "The query uses the parameter '@p', which was not supplied.")]
    [InlineData("SELECT * FROM c JOIN t IN c.tags", "'SELECT *' is only valid with a single input set.")]
    [InlineData("SELECT TOP @n VALUE 1 FROM c", "TOP must be a whole number from 0 to 2147483647.")]
    public void Refuses(string query, string message)
    {
        var parameters = QueryParameters.Of(("@n", SqlValue.From(-1L)));
        Assert.Equal(message, Assert.Throws<QueryException>(() => Products.Query(query, parameters)).Message);
    }

    [Fact]
    public void Takes_parameters_of_every_type()
    {
        using var request = System.Text.Json.JsonDocument.Parse("""[{"name":"@id","value":"2"},{"name":"@tags","value":["b"]},{"name":"@size","value":{"w":1,"h":2}},{"name":"@gone"}]""");
        var parameters = QueryParameters.Parse(request.RootElement);

        Assert.Equal("true", Products.Single("SELECT VALUE c.tags = @tags AND c.size = @size AND NOT IS_DEFINED(@gone) FROM c WHERE c.id = @id", parameters));
        Assert.Equal("1", Products.Single("SELECT VALUE @size.w FROM c WHERE c.id = @id", parameters));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[{\"value\":1}]")]
    [InlineData("[{\"name\":5}]")]
    public void Refuses_malformed_parameters(string json)
    {
        using var request = System.Text.Json.JsonDocument.Parse(json);
        Assert.Throws<QueryException>(() => QueryParameters.Parse(request.RootElement));
    }

    [Fact]
    public void Reads_computed_properties()
    {
        var options = new QueryOptions
        {
            ComputedProperties = new Dictionary<string, SqlQuery>
            {
                ["loud"] = SqlParser.Parse("SELECT VALUE UPPER(p.name) FROM p"),
                ["id"] = SqlParser.Parse("SELECT VALUE 'never this' FROM p WHERE false"),
            },
        };

        Assert.Equal(["\"COAT\""], Products.Query("SELECT VALUE c.loud FROM c WHERE c.loud LIKE 'CO%'", options: options));
        Assert.DoesNotContain("loud", Products.Query("SELECT * FROM c", options: options)[0]);
    }

    [Fact]
    public void Copies_whole_documents_byte_by_byte()
    {
        const string Odd = """{ "id" : "1", "n":1.50, "s":"\u0041\/" }""";
        var documents = new TestDocuments();
        documents.Add(Odd);

        Assert.Equal($"[{Odd}]", System.Text.Encoding.UTF8.GetString(documents.Page("SELECT * FROM c").Items.Span));
        Assert.Equal($"[{Odd}]", System.Text.Encoding.UTF8.GetString(documents.Page("SELECT VALUE c FROM c WHERE c.s = 'A/' AND c.n = 1.5").Items.Span));
    }

    [Fact]
    public void Gives_up_when_cancelled() => Assert.Throws<OperationCanceledException>(() =>
        new QueryExecutor(TimeProvider.System).Execute(
            SqlParser.Parse("SELECT * FROM c WHERE c.id = 'none'"), QueryParameters.None, Products, null, 10, null, new CancellationToken(canceled: true)));

    [Fact]
    public void Gives_up_amid_the_joins_of_one_document()
    {
        var documents = new TestDocuments();
        documents.Add($$"""{"id":"1","a":[{{string.Join(',', Enumerable.Range(0, 500))}}]}""");
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        // 500^6 rows, none of which is returned.
        Assert.Throws<OperationCanceledException>(() => new QueryExecutor(TimeProvider.System).Execute(
            SqlParser.Parse("SELECT VALUE 1 FROM c JOIN p IN c.a JOIN q IN c.a JOIN r IN c.a JOIN s IN c.a JOIN t IN c.a JOIN u IN c.a WHERE u < 0"),
            QueryParameters.None, documents, null, 10, null, cancel.Token));
    }

    [Fact]
    public void Survives_long_chains_and_deep_expressions()
    {
        var chain = string.Join(" OR ", Enumerable.Range(0, 2_000).Select(i => $"c.id = '{i}'"));
        Assert.Equal(4, Products.Query($"SELECT VALUE c.id FROM c WHERE {chain}").Count);

        var deep = string.Concat(Enumerable.Repeat("NOT (", 50)) + "true" + new string(')', 50);
        Assert.Equal("true", Products.Query($"SELECT VALUE {deep} FROM c")[0]);

        var sum = string.Join(" + ", Enumerable.Repeat("1", 2_000));
        Assert.Equal("2000", Products.Query($"SELECT VALUE {sum} FROM c")[0]);
    }
}
