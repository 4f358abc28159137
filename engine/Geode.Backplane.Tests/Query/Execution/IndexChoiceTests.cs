using Geode.Backplane.Query.Execution;

namespace Geode.Backplane.Tests.Query.Execution;

/// <summary>Which queries find their documents without looking at all of them.</summary>
public sealed class IndexChoiceTests
{
    private const int Documents = 2_000;

    private static readonly TestDocuments Container = Fill();

    [Theory]
    [InlineData("SELECT * FROM c WHERE c.id = '77'", "/id", 1)]
    [InlineData("SELECT * FROM c WHERE '77' = c.id AND c.type = 't1'", "/id", 1)]
    [InlineData("SELECT * FROM c WHERE c.n > 10 AND c.n <= 20 AND c.type = 't1'", "/n", 10)]
    [InlineData("SELECT * FROM c WHERE (c.n BETWEEN 10 AND 19)", "/n", 10)]
    [InlineData("SELECT * FROM c WHERE c.n < 5 OR c.n > 1995", "/n", 9)]
    [InlineData("SELECT * FROM c WHERE c.id IN ('1', '2', '2', 'none')", "/id", 2)]
    [InlineData("SELECT * FROM c WHERE ARRAY_CONTAINS(['1', '2', 'none'], c.id)", "/id", 2)]
    [InlineData("SELECT * FROM c WHERE STARTSWITH(c.name, 'name 12')", "/name", 111)]
    [InlineData("SELECT * FROM c WHERE c.name LIKE 'name 12%9'", "/name", 111)]
    [InlineData("SELECT * FROM c WHERE c.deep.x = 5", "/deep/x", 1)]
    [InlineData("SELECT * FROM c WHERE c.rare", "/rare", 2)]
    [InlineData("SELECT * FROM c WHERE IS_DEFINED(c.rare)", "/rare", 4)]
    [InlineData("SELECT * FROM c WHERE IS_STRING(c.rare)", "/rare", 1)]
    [InlineData("SELECT * FROM c JOIN t IN c.tags WHERE c.id = '5' AND t = 1", "/id", 1)]
    [InlineData("SELECT VALUE COUNT(c.n) FROM c WHERE c.id = '5'", "/id", 1)]
    [InlineData("SELECT * FROM c WHERE c.id = undefined", "/id", 0)]
    [InlineData("SELECT TOP 10 * FROM c ORDER BY c.n", "/n", 10)]
    [InlineData("SELECT TOP 10 * FROM c ORDER BY c.n DESC", "/n", 10)]
    [InlineData("SELECT TOP 10 * FROM c WHERE c.n < 100 ORDER BY c.n DESC", "/n", 10)]
    [InlineData("SELECT TOP 10 * FROM c WHERE c.id = '5' ORDER BY c.n", "/id", 1)]
    [InlineData("SELECT TOP 10 * FROM c WHERE c.type = 't1' ORDER BY c.n", "/n", 40)]
    [InlineData("SELECT TOP 3 * FROM c ORDER BY c.few, c.n", "/few", 30)]
    public void Looks_at_few_documents(string query, string index, long atMost)
    {
        var page = Container.Page(query.Replace("SELECT * FROM c JOIN", "SELECT VALUE c FROM c JOIN", StringComparison.Ordinal));
        Assert.Equal(index, page.Index);
        Assert.InRange(page.DocumentsLoaded, 0, atMost);
    }

    [Theory]
    [InlineData("SELECT * FROM c WHERE c.type != 't1'")]
    [InlineData("SELECT * FROM c WHERE c.id = '5' OR c.n = 5")]
    [InlineData("SELECT * FROM c WHERE NOT (c.id = '5')")]
    [InlineData("SELECT * FROM c WHERE STARTSWITH(c.name, 'NAME 12', true)")]
    [InlineData("SELECT * FROM c WHERE c.n > 5")]
    [InlineData("SELECT * FROM c WHERE c.tags[0] = 1")]
    [InlineData("SELECT * FROM c WHERE UPPER(c.id) = '5'")]
    [InlineData("SELECT * FROM c WHERE c.n = c.id")]
    [InlineData("SELECT VALUE t FROM t IN c.tags WHERE t.id = '5'")]
    [InlineData("SELECT * FROM c ORDER BY c.n OFFSET 1900 LIMIT 100")]
    public void Scans_where_no_index_helps(string query) => Assert.Null(Container.Page(query).Index);

    [Theory]
    [InlineData("", "2000")]
    [InlineData("WHERE c.type = 't1'", "667")]
    [InlineData("WHERE c.n >= 100 AND true AND c.n < 250", "150")]
    [InlineData("WHERE (c.n < 100 OR c.n >= 1900)", "200")]
    [InlineData("WHERE c.rare = undefined", "0")]
    [InlineData("WHERE NOT IS_DEFINED(c.rare)", "1996")]
    public void Counts_without_looking_at_documents(string where, string count)
    {
        var page = Container.Page($"SELECT VALUE COUNT(1) FROM c {where}");
        Assert.Equal($"[{count}]", System.Text.Encoding.UTF8.GetString(page.Items.Span));
        Assert.Equal(0, page.DocumentsLoaded);
    }

    [Theory]
    [InlineData("WHERE c.name LIKE 'name 1%1'", "111")]
    [InlineData("WHERE c.type = 't1' AND c.n < 30", "11")]
    [InlineData("WHERE c.type = 't1' AND LENGTH(c.id) = 1", "3")]
    public void Looks_where_a_range_does_not_tell_the_count(string where, string count)
    {
        var page = Container.Page($"SELECT VALUE COUNT(1) FROM c {where}");
        Assert.Equal($"[{count}]", System.Text.Encoding.UTF8.GetString(page.Items.Span));
        Assert.NotEqual(0, page.DocumentsLoaded);
    }

    [Fact]
    public void Counts_the_scope_and_not_the_index()
    {
        var container = Fill();
        container.Scope = document => document.Rid % 2 == 0;

        Assert.Equal("334", container.Single("SELECT VALUE COUNT(1) FROM c WHERE c.type = 't1'"));
    }

    [Fact]
    public void Looks_at_documents_where_the_source_counts_roughly()
    {
        var roughly = new TestDocuments { CountsExactly = false };
        roughly.Add("""{"id":"1"}""");

        Assert.Equal(1, roughly.Page("SELECT VALUE COUNT(1) FROM c").DocumentsLoaded);
    }

    [Fact]
    public void Scans_a_small_scope_rather_than_walk_an_index_of_all()
    {
        var container = Fill();
        container.Scope = document => document.Rid % 100 == 0;

        Assert.Null(container.Page("SELECT * FROM c WHERE c.type = 't1'").Index);
    }

    private static TestDocuments Fill()
    {
        var documents = new TestDocuments();
        for (var i = 0; i < Documents; i++)
        {
            var rare = i switch { 3 or 4 => ",\"rare\":true", 5 => ",\"rare\":\"yes\"", 6 => ",\"rare\":null", _ => "" };
            documents.Add($$"""{"id":"{{i}}","n":{{(i * 7) % Documents}},"name":"name {{i}}","type":"t{{i % 3}}","few":{{i / 10}},"deep":{"x":{{i}}},"tags":[1]{{rare}}}""");
        }

        return documents;
    }
}
