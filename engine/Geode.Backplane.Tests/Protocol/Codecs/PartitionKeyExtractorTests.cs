using System.Text;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Tests.Protocol.Codecs;

public sealed class PartitionKeyExtractorTests
{
    [Theory]
    [InlineData("""{"pk":"x"}""", "/pk", """["x"]""")]
    [InlineData("""{"a":{"b":{"c":5}},"b":1}""", "/a/b/c", "[5]")]
    [InlineData("""{"a b":{"c":true}}""", "/\"a b\"/c", "[true]")]
    [InlineData("""{"a\"b":null}""", "/\"a\\\"b\"", "[null]")]
    [InlineData("""{"\u0070k":"escaped name"}""", "/pk", """["escaped name"]""")]
    [InlineData("""{"é":1}""", "/é", "[1]")]
    [InlineData("""{"id":"1"}""", "/pk", "[{}]")]
    [InlineData("""{"a":1}""", "/a/b", "[{}]")]
    [InlineData("""{"a":[{"b":1}]}""", "/a/b", "[{}]")]
    [InlineData("""{"pk":{"x":1}}""", "/pk", "[{}]")]
    [InlineData("""{"pk":[1]}""", "/pk", "[{}]")]
    [InlineData("""{"pk":1,"x":[{"pk":3}],"pk":2}""", "/pk", "[2]")]
    [InlineData("""{"a":{"b":1},"a":{}}""", "/a/b", "[{}]")]
    [InlineData("""{"x":{"pk":9},"pk":1}""", "/pk", "[1]")]
    public void The_value_at_the_path_is_the_key(string item, string path, string key) =>
        Assert.Equal(PartitionKeyValue.Parse(key), Extract(item, path));

    [Fact]
    public void Several_paths_give_as_many_levels_even_through_one_object()
    {
        var key = Extract("""{"a":{"x":1,"y":"two","z":{"w":3}},"b":null}""", "/a/x", "/a/z/w", "/b");
        Assert.Equal(PartitionKeyValue.Parse("[1,3,null]"), key);
        Assert.Equal(PartitionKeyValue.Parse("[{},{}]"), Extract("{}", "/a", "/b"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("""{"pk":""")]
    [InlineData("""{"pk":"\ud800"}""")]
    [InlineData("""{"pk":1e999}""")]
    public void What_has_no_key_is_refused(string item) => Assert.Throws<FormatException>(() => Extract(item, "/pk"));

    [Fact]
    public void A_path_is_read_into_its_segments()
    {
        Assert.Equal(["a", "b"], PartitionKeyPath.Parse("/a/b").Segments);
        Assert.Equal(["a/b", "c\\d"], PartitionKeyPath.Parse("/'a/b'/\"c\\\\d\"").Segments);
        Assert.Equal("/a/b", PartitionKeyPath.Parse("/a/b").ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("/")]
    [InlineData("/a/")]
    [InlineData("//a")]
    [InlineData("/\"a")]
    [InlineData("/\"a\"b")]
    [InlineData("/\"\"")]
    [InlineData("/a/?")]
    [InlineData("/a/*")]
    [InlineData("/a/[]")]
    public void Anything_else_is_no_path(string path) =>
        Assert.Contains($"'{path}'", Assert.Throws<FormatException>(() => PartitionKeyPath.Parse(path)).Message);

    private static PartitionKeyValue Extract(string item, params string[] paths) =>
        PartitionKeyExtractor.Extract(Encoding.UTF8.GetBytes(item), [.. paths.Select(PartitionKeyPath.Parse)]);
}
