namespace Geode.Backplane.Tests.Query.Execution.Compilation;

/// <summary>What the names of a FROM clause stand for.</summary>
public sealed class SourceCompilerTests
{
    private static readonly TestDocuments Notes = TestDocuments.Of("""[{"id":"1","tags":["a","b"]},{"id":"2","tags":[]}]""");

    [Theory]
    [InlineData("SELECT VALUE EXISTS(SELECT VALUE t FROM c JOIN t IN c.loud WHERE t = 'A') FROM c", "true false")]
    [InlineData("SELECT VALUE (SELECT VALUE c.loud FROM c) FROM c", "[\"A\",\"B\"] []")]
    [InlineData("SELECT VALUE (SELECT VALUE d.loud[0] FROM c AS d) FROM c", "\"A\"")]
    [InlineData("SELECT VALUE [c.id, t] FROM c JOIN t IN c.loud", "[\"1\",\"A\"] [\"1\",\"B\"]")]
    [InlineData("SELECT VALUE x FROM c.loud[1] AS x", "\"B\"")]
    [InlineData("SELECT VALUE d.id FROM c JOIN c AS d", "\"1\" \"2\"")]
    [InlineData("SELECT VALUE d.loud ?? 'none' FROM (SELECT DISTINCT VALUE c FROM c) AS d", "\"none\" \"none\"")]
    public void Reads_computed_properties_wherever_the_item_goes_by_a_name(string query, string rows)
    {
        var options = Computed.Of(("loud", "SELECT VALUE ARRAY(SELECT VALUE UPPER(t) FROM t IN p.tags) FROM p"));
        Assert.Equal(rows, string.Join(' ', Notes.Query(query, options: options)));
    }
}
