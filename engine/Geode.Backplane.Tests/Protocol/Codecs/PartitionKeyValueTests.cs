using System.Text;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Protocol.Codecs.Oracles;

namespace Geode.Backplane.Tests.Protocol.Codecs;

public sealed class PartitionKeyValueTests
{
    [Fact]
    public void Every_type_is_read()
    {
        var key = PartitionKeyValue.Parse("""["a\u00e9", 1.5e1, true]""");
        Assert.Equal(3, key.Count);
        Assert.Equal(("aé", 15d, PartitionKeyType.True), (key[0].Text, key[1].Number, key[2].Type));
        Assert.Throws<ArgumentOutOfRangeException>(() => key[3]);
        Assert.Equal(PartitionKeyType.Null, PartitionKeyValue.Parse("[null]")[0].Type);
        Assert.Equal(PartitionKeyType.False, PartitionKeyValue.Parse("[false]")[0].Type);
        Assert.Equal(PartitionKeyValue.None, PartitionKeyValue.Parse("[ { } ]"));
        Assert.Equal(PartitionKeyValue.Empty, PartitionKeyValue.Parse("[]"));
    }

    [Fact]
    public void None_is_every_level_undefined()
    {
        Assert.True(PartitionKeyValue.Parse("[{}]").IsNone);
        Assert.True(PartitionKeyValue.Parse("[{},{},{}]").IsNone);
        Assert.False(PartitionKeyValue.Parse("[{},null]").IsNone);
        Assert.False(PartitionKeyValue.Empty.IsNone);
    }

    [Fact]
    public void Random_keys_survive_a_round_trip_and_the_sdk_reads_ours()
    {
        var random = new Random(40_001);
        for (var i = 0; i < 5_000; i++)
        {
            var json = RandomKeys.Json(random, random.Next(4));
            var key = PartitionKeyValue.Parse(json);
            var canonical = key.ToString();
            Assert.Equal(key, PartitionKeyValue.Parse(canonical));
            Assert.Equal(key.GetHashCode(), PartitionKeyValue.Parse(Encoding.UTF8.GetBytes(canonical)).GetHashCode());
            Assert.Equal(SdkPartitionKey.CanonicalJson(json), SdkPartitionKey.CanonicalJson(canonical));
            Assert.Equal(key, PartitionKeyValue.Parse(SdkPartitionKey.CanonicalJson(json)));
        }
    }

    [Fact]
    public void The_text_is_what_a_json_writer_writes()
    {
        for (var c = (char)1; c < 300; c++)
        {
            var value = new PartitionKeyValue(PartitionKeyComponent.From($"a{c}b"));
            using var written = new MemoryStream();
            using (var writer = new System.Text.Json.Utf8JsonWriter(written)) value.WriteTo(writer);
            Assert.Equal(Encoding.UTF8.GetString(written.ToArray()), value.ToString());
        }
    }

    [Fact]
    public void Values_of_different_types_or_depth_differ()
    {
        string[] keys = ["[]", "[{}]", "[null]", "[false]", "[true]", "[0]", "[1]", "[-0.0]", """[""]""", """["1"]""", "[1,1]", "[1,{}]"];
        var values = keys.Select(PartitionKeyValue.Parse).ToHashSet();
        Assert.Equal(keys.Length, values.Count);
        Assert.Equal(PartitionKeyValue.Parse("[1]"), PartitionKeyValue.Parse("[1.0]"));
        Assert.Equal(PartitionKeyValue.Parse("""["/"]"""), PartitionKeyValue.Parse("""["\u002f"]"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"a\"")]
    [InlineData("[")]
    [InlineData("[1,]")]
    [InlineData("[1] 2")]
    [InlineData("[1]]")]
    [InlineData("[[1]]")]
    [InlineData("[{\"a\":1}]")]
    [InlineData("[1e400]")]
    [InlineData("[undefined]")]
    [InlineData("['a']")]
    [InlineData("[\"\\ud800\"]")]
    [InlineData("[1,2,3,4]")]
    public void Anything_else_is_refused(string json) =>
        Assert.StartsWith("Invalid partition key:", Assert.Throws<FormatException>(() => PartitionKeyValue.Parse(json)).Message);

    [Fact]
    public void A_number_is_finite() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PartitionKeyComponent.From(double.NaN));
}
