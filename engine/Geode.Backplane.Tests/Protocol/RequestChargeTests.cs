using System.Text;
using Geode.Backplane.Protocol;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Tests.Protocol;

/// <summary>More work never costs less.</summary>
public sealed class RequestChargeTests
{
    private static readonly ItemOperationKind[] Kinds = Enum.GetValues<ItemOperationKind>();

    [Fact]
    public void The_published_examples_hold()
    {
        Assert.Equal(1, RequestCharge.Read(1024));
        Assert.Equal(5, RequestCharge.Write(1024, 5));
        Assert.Equal(100, RequestCharge.Read(100 * 1024));
    }

    [Fact]
    public void A_larger_item_or_one_with_more_properties_costs_as_much_or_more()
    {
        var random = new Random(1);
        for (var run = 0; run < 1000; run++)
        {
            var small = Result(random, null);
            var large = Result(random, small);
            Assert.All(Kinds, kind => Assert.True(RequestCharge.Of(kind, large) >= RequestCharge.Of(kind, small), $"{kind}: {large} against {small}"));
            Assert.All(Kinds, kind => Assert.True(RequestCharge.Of(kind, small) >= 1));
        }
    }

    [Fact]
    public void Every_kilobyte_and_every_property_more_shows()
    {
        Assert.True(RequestCharge.Write(4096, 0) > RequestCharge.Write(3072, 0));
        Assert.True(RequestCharge.Write(1024, 40) > RequestCharge.Write(1024, 30));
        Assert.True(RequestCharge.Delete(4096) > RequestCharge.Delete(1024));
        Assert.True(RequestCharge.Of(ItemOperationKind.Patch, new ItemResult(200, Json: new byte[2048], BytesBefore: 2048)) > RequestCharge.Write(2048, 0));
    }

    [Fact]
    public void A_query_costs_by_documents_seeks_and_size_of_its_answer()
    {
        var random = new Random(2);
        for (var run = 0; run < 1000; run++)
        {
            var (documents, seeks, bytes) = (random.Next(10_000), random.Next(100), random.Next(4 << 20));
            var charge = RequestCharge.Query(documents, seeks, bytes);
            Assert.True(RequestCharge.Query(documents + 1, seeks, bytes) > charge);
            Assert.True(RequestCharge.Query(documents, seeks + 1, bytes) > charge);
            Assert.True(RequestCharge.Query(documents, seeks, bytes + 1) > charge);
            Assert.True(RequestCharge.ChangeFeed(documents + 1, bytes) > RequestCharge.ChangeFeed(documents, bytes));
            Assert.True(RequestCharge.ChangeFeed(documents, bytes + 1) > RequestCharge.ChangeFeed(documents, bytes));
        }
    }

    [Theory]
    [InlineData("""{"id":"a"}""", 1)]
    [InlineData("""{"id":"a","n":1,"t":"x","b":true,"z":null}""", 5)]
    [InlineData("""{"id":"a","o":{"p":{"q":1,"r":[1,2,{"s":3}]}},"e":[],"f":{}}""", 5)]
    [InlineData("""{"id":"a","_ts":7,"ttl":5,"a":[[1],[2,3]]}""", 5)]
    public void Values_of_an_item_are_counted_wherever_they_are(string json, int values) =>
        Assert.Equal(values, DocumentBody.Read(Encoding.UTF8.GetBytes(json)).Properties);

    private static ItemResult Result(Random random, ItemResult? least) => new(
        200,
        Json: new byte[(least?.Json.Length ?? 0) + random.Next(8192)],
        Properties: (least?.Properties ?? 0) + random.Next(60),
        BytesBefore: (least?.BytesBefore ?? 0) + random.Next(8192));
}
