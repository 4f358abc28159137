using System.Text;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Tests.Query.Functions.FullText;

/// <summary>The functions in queries; each query runs with an index and without one.</summary>
public sealed class FullTextFunctionTests
{
    private const string Items =
        """
        [{"_rid":"1","id":"bike","text":"A red bicycle for the mountains","de":"Die Häuser","in":{"a b":"deep bicycle"}},
        {"_rid":"2","id":"board","text":"Skateboards, red and blue"},
        {"_rid":"3","id":"both","text":"The red bicycles and a red skateboard on a bicycle"},
        {"_rid":"4","id":"none","text":"nothing of that kind"},
        {"_rid":"5","id":"number","text":7},
        {"_rid":"6","id":"missing"}]
        """;

    private static readonly FullTextPolicy Policy = FullTextPolicy.Read(Encoding.UTF8.GetBytes(
        """
        {"fullTextPolicy":{"defaultLanguage":"en-US","fullTextPaths":[{"path":"/text"},{"path":"/de","language":"de-DE"},{"path":"/in/\"a b\""}]},
        "indexingPolicy":{"fullTextIndexes":[{"path":"/text"},{"path":"/de"},{"path":"/in/\"a b\""}]}}
        """))!;

    [Theory]
    [InlineData("FullTextContains(c.text, 'bicycle')", "bike,both")]
    [InlineData("FullTextContains(c.text, 'BICYCLES')", "bike,both")]
    [InlineData("fulltextcontains(c['text'], 'red bicycle')", "bike,both")]
    [InlineData("FullTextContains(c.text, 'bicycle red')", "")]
    [InlineData("FullTextContains(c.text, 'the')", "")]
    [InlineData("NOT FullTextContains(c.text, 'bicycle')", "board,none")]
    [InlineData("FullTextContainsAll(c.text, 'bicycle', 'skateboard')", "both")]
    [InlineData("FullTextContainsAny(c.text, 'bicycle', 'skateboard')", "bike,board,both")]
    [InlineData("FullTextContainsAny(c.text, @word, 'nowhere')", "board,both")]
    [InlineData("FullTextContains(c.text, 'red') AND FullTextContainsAny(c.text, 'mountain', 'blue') AND c.id != 'x'", "bike,board")]
    [InlineData("FullTextContains(c.text, 'mountain') OR FullTextContains(c.text, 'blue')", "bike,board")]
    [InlineData("FullTextContains(c.text, 'mountain') OR c.id = 'none'", "bike,none")]
    [InlineData("FullTextContains(c.text, {'term': 'bycycle', 'distance': 2})", "bike,both")]
    [InlineData("FullTextContains(c.text, {'term': 'bycicle', 'distance': 0})", "")]
    [InlineData("FullTextContains(c.de, 'Haus')", "bike")]
    [InlineData("FullTextContains(c.text, 'Haus')", "")]
    [InlineData("FullTextContains(c['in']['a b'], 'deep')", "bike")]
    [InlineData("FullTextContains(UPPER(c.text), 'bicycle')", "bike,both")]
    [InlineData("FullTextContains(c.text, c.id)", "")]
    [InlineData("FullTextContains(c.text, LOWER('BLUE'))", "board")]
    [InlineData("IS_DEFINED(FullTextContains(c.text, 'x'))", "bike,board,both,none")]
    [InlineData("NOT IS_DEFINED(FullTextContains(c.text, 7))", "bike,board,both,none,number,missing")]
    [InlineData("FullTextContainsAny(c.text, 7, 'mountain')", "bike")]
    [InlineData("NOT IS_DEFINED(FullTextContainsAll(c.text, 7, 'mountain'))", "bike,number,missing")]
    [InlineData("EXISTS(SELECT VALUE t FROM (SELECT VALUE c.text) AS t WHERE FullTextContains(t, 'mountain'))", "bike")]
    [InlineData("FullTextContains('red mountains', 'mountain') AND c.id = 'none'", "none")]
    [InlineData("_FullTextWordCount(c.text) = 3", "bike,board")]
    public void Conditions_hold_for_these_items(string condition, string ids) =>
        AssertRows($"SELECT VALUE c.id FROM c WHERE {condition}", ids.Length == 0 ? [] : ids.Split(','));

    [Fact]
    public void The_index_serves_what_is_worth_it()
    {
        var items = WithIndex();
        for (var i = 0; i < 20; i++)
            items.Add("""{"text":"filler of no interest"}""");
        var options = new QueryOptions { Texts = Policy };
        Assert.Equal("fullText", items.Page("SELECT * FROM c WHERE FullTextContains(c.text, 'mountain')", options: options).Index);
        Assert.Null(items.Page("SELECT * FROM c WHERE FullTextContains(c.text, 'filler')", options: options).Index);
        Assert.Null(items.Page("SELECT * FROM c WHERE NOT FullTextContains(c.text, 'mountain')", options: options).Index);
        Assert.Null(items.Page("SELECT * FROM c WHERE FullTextContains(c.other, 'mountain')", options: options).Index);
    }

    [Fact]
    public void Statistics_are_those_of_the_scope_with_an_index_and_without()
    {
        const string query =
            """
            SELECT COUNT(1) AS documentCount, [{"totalWordCount": SUM(_FullTextWordCount(c.text)), "hitCounts": [COUNTIF(FullTextContains(c.text, "red")),
            COUNTIF(FullTextContains(c.text, "red bicycle"))]}, {"totalWordCount": SUM(_FullTextWordCount(c.de)), "hitCounts": [COUNTIF(FullTextContains(c.de, "Haus"))]}] AS fullTextStatistics FROM c
            """;
        const string all = """{"documentCount":6,"fullTextStatistics":[{"totalWordCount":12,"hitCounts":[3,2]},{"totalWordCount":2,"hitCounts":[1]}]}""";
        AssertRows(query, [all]);
        var items = WithIndex();
        var page = items.Page(query, options: new QueryOptions { Texts = Policy });
        Assert.Equal(("fullText", 0), (page.Index, page.DocumentsLoaded));
        items.Scope = document => document.Rid > 1;
        const string some = """{"documentCount":5,"fullTextStatistics":[{"totalWordCount":9,"hitCounts":[2,1]},{"totalWordCount":0,"hitCounts":[0]}]}""";
        Assert.Equal(some, Assert.Single(items.Query(query, options: new QueryOptions { Texts = Policy })));
    }

    // Those that score the same come in the order of an index that is read backwards.
    [Theory]
    [InlineData("ORDER BY RANK FullTextScore(c.text, 'bicycle', 'skateboard')", "both,board,bike")]
    [InlineData("WHERE c.id != 'both' ORDER BY RANK FullTextScore(c.text, 'bicycle', 'skateboard')", "board,bike,none")]
    [InlineData("ORDER BY RANK FullTextScore(c.text, 'mountain')", "bike,none,both")]
    [InlineData("WHERE FullTextContains(c.text, 'red') ORDER BY RANK FullTextScore(c.text, 'blue')", "board,both,bike")]
    [InlineData("ORDER BY RANK RRF(FullTextScore(c.text, 'mountain'), FullTextScore(c.de, 'Haus'))", "bike,none,both")]
    [InlineData("ORDER BY RANK RRF(FullTextScore(c.text, 'mountain'), FullTextScore(c.text, 'blue'), [0, 1])", "board,none,both")]
    [InlineData("ORDER BY RANK RRF(FullTextScore(c.text, 'mountain'), FullTextScore(c.text, 'blue'), [-1, 0])", "none,both,board")]
    [InlineData("ORDER BY RANK RRF(FullTextScore(c.text, 'skateboard'), VectorDistance([_FullTextWordCount(c.text), 1], [1, 1]), [1, 0])", "board,both,none")]
    public void Rank_orders_items_without_a_plan_too(string clauses, string ids)
    {
        AssertRows($"SELECT TOP 3 VALUE c.id FROM c {clauses}", ids.Split(','));
        AssertRows($"SELECT VALUE c.id FROM c {clauses} OFFSET 1 LIMIT 2", ids.Split(',')[1..]);
    }

    [Fact]
    public void A_score_is_the_sum_of_what_its_terms_score()
    {
        // 5 words of 3 documents with a text and 6 documents together: 24 words, 4 on average.
        const string score = "_FullTextScore(c.text, ['red', 'bicycle'], 6, 24, [3, 2])";
        var red = Bm25.Score(2, 5, 3, 6, 24);
        var bicycle = Bm25.Score(2, 5, 2, 6, 24);
        foreach (var row in Run($"SELECT VALUE {score} FROM c WHERE c.id = 'both'"))
            Assert.Equal(red + bicycle, double.Parse(Assert.Single(row), System.Globalization.CultureInfo.InvariantCulture), 12);
        AssertRows($"SELECT VALUE c.id FROM c WHERE IS_DEFINED({score})", ["bike", "board", "both", "none"]);
    }

    [Theory]
    [InlineData("SELECT FullTextScore(c.text, 'x') FROM c")]
    [InlineData("SELECT * FROM c WHERE FullTextScore(c.text, 'x') > 0")]
    [InlineData("SELECT * FROM c ORDER BY FullTextScore(c.text, 'x')")]
    [InlineData("SELECT RRF(1, 2) FROM c")]
    [InlineData("SELECT _FullTextScore(c.text, 'x', 1, 2, [3]) FROM c")]
    [InlineData("SELECT _FullTextScore(c.text, ['x'], 1, 2, [3, 4]) FROM c")]
    [InlineData("SELECT _FullTextScore(c.text, [7], 1, 2, [3]) FROM c")]
    [InlineData("SELECT _FullTextScore(c.text, ['x'], 1, 2, ['y']) FROM c")]
    [InlineData("SELECT _FullTextScore(c.text, c.terms, 1, c.x, [3]) FROM c")]
    public void What_means_nothing_is_refused(string query) => Assert.Throws<QueryException>(() => TestDocuments.Of(Items).Query(query));

    [Theory]
    [InlineData("ORDER BY RANK FullTextScore(c.text, 'x') DESC")]
    [InlineData("ORDER BY RANK FullTextScore(c.text, 7)")]
    [InlineData("ORDER BY RANK RRF(FullTextScore(c.text, 'x'))")]
    [InlineData("ORDER BY RANK RRF(FullTextScore(c.text, 'x'), FullTextScore(c.text, 'y'), [1])")]
    [InlineData("ORDER BY RANK FullTextContains(c.text, 'x')")]
    public void An_order_by_rank_that_means_nothing_is_refused_without_a_plan_too(string order) =>
        Assert.Throws<SqlQueryException>(() => TestDocuments.Of(Items).Query($"SELECT * FROM c {order}"));

    private static void AssertRows(string query, string[] ids)
    {
        foreach (var rows in Run(query))
            Assert.Equal(ids, rows.Select(row => row.Trim('"')));
    }

    private static IEnumerable<List<string>> Run(string query)
    {
        var parameters = QueryParameters.Of(("@word", SqlValue.From("skateboard")));
        yield return TestDocuments.Of(Items).Query(query, parameters, options: new QueryOptions { Texts = Policy });
        yield return WithIndex().Query(query, parameters, options: new QueryOptions { Texts = Policy });
        yield return WithIndex().Query(query, parameters, maxItems: 1, options: new QueryOptions { Texts = Policy });
    }

    private static TestDocuments WithIndex()
    {
        var documents = TestDocuments.Of(Items);
        documents.IndexTexts(Policy);
        return documents;
    }
}
