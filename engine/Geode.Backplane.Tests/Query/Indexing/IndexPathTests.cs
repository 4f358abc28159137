using Geode.Backplane.Query.Indexing;

namespace Geode.Backplane.Tests.Query.Indexing;

public sealed class IndexPathTests
{
    [Theory]
    [InlineData("/*", "", IndexPathEnd.Subtree)]
    [InlineData("/", "", IndexPathEnd.Subtree)]
    [InlineData("/a/?", "a", IndexPathEnd.Value)]
    [InlineData("/a", "a", IndexPathEnd.None)]
    [InlineData("/a/b_2/*", "a|b_2", IndexPathEnd.Subtree)]
    [InlineData("/größe/?", "größe", IndexPathEnd.Value)]
    [InlineData("/\"a-b c\"/?", "a-b c", IndexPathEnd.Value)]
    [InlineData("/\"a/b\"/'c'/?", "a/b|c", IndexPathEnd.Value)]
    [InlineData("/\"say \\\"x\\\"\"/?", "say \"x\"", IndexPathEnd.Value)]
    [InlineData("/list/[]/name/?", "list|[]|name", IndexPathEnd.Value)]
    [InlineData("/list/[12]/?", "list|[]", IndexPathEnd.Value)]
    [InlineData("/\"[]\"/?", "\"[]\"", IndexPathEnd.Value)]
    public void A_path_is_steps_and_an_end(string text, string steps, IndexPathEnd end)
    {
        var path = IndexPath.Parse(text);
        Assert.Equal((steps, end), (string.Join('|', path.Steps), path.End));
    }

    // The examples of Azure's documentation.
    [Theory]
    [InlineData("/events/[]/{name/first, name/last}/?")]
    [InlineData("/events/[]/{name/first, category/subcategory}/?")]
    [InlineData("/events/[]/{name/[1]/first, category}/?")]
    [InlineData("/events/[]/{[1], [3]}/?")]
    public void A_tuple_is_several_paths_below_an_array(string text) => Assert.True(IndexPath.Parse(text).HasTuple);

    [Theory]
    [InlineData("")]
    [InlineData("a/?")]
    [InlineData("/?")]
    [InlineData("/a//b/?")]
    [InlineData("/a/")]
    [InlineData("/a-b/?")]
    [InlineData("/a b/?")]
    [InlineData("/a/*/b/?")]
    [InlineData("/a/?/b")]
    [InlineData("/a*")]
    [InlineData("/\"a/?")]
    [InlineData("/\"a\"b/?")]
    [InlineData("/a/[x]/?")]
    [InlineData("/events/[]/{name/[]/first, category}/?")]
    [InlineData("/events/[]/{name, category}/*")]
    [InlineData("/events/[]/{{name, first},category}/?")]
    [InlineData("/events/{name, category}/?")]
    [InlineData("/events/[]/{/name,/category}/?")]
    [InlineData("/events/[]/{name/?,category/?}/?")]
    [InlineData("/city/[]/events/[]/{name, category}/?")]
    [InlineData("/events/[]/{name, }/?")]
    public void Anything_else_is_refused_with_the_place(string text) =>
        Assert.Matches("could not be accepted, failed near position '[0-9]+'", Assert.Throws<FormatException>(() => IndexPath.Parse(text)).Message);
}
