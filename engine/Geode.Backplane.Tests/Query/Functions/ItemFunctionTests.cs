namespace Geode.Backplane.Tests.Query.Functions;

public sealed class ItemFunctionTests
{
    [Fact]
    public void DocumentId_is_the_number_in_the_resource_id()
    {
        var documents = TestDocuments.Of($$"""[{"id":"a","_rid":"{{TestDocument.ResourceId(7)}}"},{"id":"b","_rid":"odd"},{"id":"c"}]""");

        Assert.Equal(["{\"id\":\"a\",\"n\":7}", "{\"id\":\"b\"}", "{\"id\":\"c\"}"], documents.Query("SELECT c.id, DOCUMENTID(c) AS n FROM c"));
    }

    [Theory]
    [InlineData("VectorDistance([1, 0], [0, 1])", "0")]
    [InlineData("VectorDistance([1, 2], [2, 4])", "1")]
    [InlineData("VectorDistance([1, 2], [3, 4], false, {'distanceFunction': 'DotProduct'})", "11")]
    [InlineData("VectorDistance([0, 0], [3, 4], false, {'distanceFunction': 'Euclidean'})", "5")]
    [InlineData("VectorDistance([1, 2], [1])", "undefined")]
    [InlineData("VectorDistance('ab', [1])", "undefined")]
    public void VectorDistance_compares_vectors(string expression, string value) => Assert.Equal(value, Expressions.Value(expression));
}
