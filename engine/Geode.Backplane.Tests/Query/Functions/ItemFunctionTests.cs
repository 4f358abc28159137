namespace Geode.Backplane.Tests.Query.Functions;

public sealed class ItemFunctionTests
{
    [Fact]
    public void DocumentId_is_the_number_in_the_resource_id()
    {
        var documents = TestDocuments.Of($$"""[{"id":"a","_rid":"{{TestDocument.ResourceId(7)}}"},{"id":"b","_rid":"odd"},{"id":"c"}]""");

        Assert.Equal(["{\"id\":\"a\",\"n\":7}", "{\"id\":\"b\"}", "{\"id\":\"c\"}"], documents.Query("SELECT c.id, DOCUMENTID(c) AS n FROM c"));
    }
}
