using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Protocol.Codecs.Oracles;

namespace Geode.Backplane.Tests.Protocol.Codecs;

public sealed class ResourceIdTests
{
    private static readonly ResourceId GoldenCollection = ResourceId.ForCollection(0x00010080, 1);

    [Fact]
    public void Known_ids_have_their_known_text()
    {
        Assert.Equal("AQAAAA==", ResourceId.ForDatabase(1).ToString());
        Assert.Equal("gAABAIAAAAE=", GoldenCollection.ToString());
        Assert.Equal("gAABAIAAAAEHAAAAAAAAAA==", ResourceId.ForDocument(GoldenCollection, 7).ToString());
        Assert.Equal("gAABAIAAAAEBAAAAAAAAgA==", ResourceId.ForChild(GoldenCollection, ResourceKind.StoredProcedure, 1).ToString());
        Assert.Equal("gAABAIAAAAEBAAAAAAAAcA==", ResourceId.ForChild(GoldenCollection, ResourceKind.Trigger, 1).ToString());
        Assert.Equal("gAABAIAAAAEBAAAAAAAAYA==", ResourceId.ForChild(GoldenCollection, ResourceKind.UserDefinedFunction, 1).ToString());
        Assert.Equal("gAABAIAAAAEBAAAAAAAAUA==", ResourceId.ForChild(GoldenCollection, ResourceKind.PartitionKeyRange, 1).ToString());
        Assert.Equal("----", ResourceId.ForOffer(0xFFFFFF).ToString());
    }

    [Fact]
    public void Every_kind_reads_back_and_means_the_same_to_the_sdk()
    {
        var random = new Random(20_001);
        for (var i = 0; i < 5_000; i++)
        {
            var database = (uint)random.NextInt64(1, 1L << 32);
            var collection = ResourceId.ForCollection(database, (uint)random.NextInt64(1, 1L << 31));
            var user = ResourceId.ForUser(database, (uint)random.NextInt64(1, 1L << 31));
            var number = (ulong)random.NextInt64(1, 1L << random.Next(1, 61));
            Check(ResourceId.ForDatabase(database), "Database", database);
            Check(collection, "DatabaseId", ResourceId.ForDatabase(database));
            Check(user, "DatabaseId", ResourceId.ForDatabase(database));
            Check(ResourceId.ForOffer((uint)random.Next(1, 1 << 24)), "OfferId");
            Check(ResourceId.ForChild(user, ResourceKind.Permission, number), "Permission", number);
            Check(ResourceId.ForDocument(collection, number), "Document", number);
            foreach (var kind in Enum.GetValues<ResourceKind>().Where(k => k < ResourceKind.Offer))
            {
                var child = ResourceId.ForChild(collection, kind, number);
                Check(child, kind.ToString(), number | (ulong)kind << 60);
                Check(child, "DocumentCollectionId", collection);
                Assert.Equal(collection, child.CollectionId);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("AQAAAA=")]
    [InlineData("AQAA AA==")]
    [InlineData("AQAAAA==\n")]
    [InlineData("AAAAAA==")]
    [InlineData("my database")]
    [InlineData("gAABAIAAAAEBAAAAAAAAIA==")]
    [InlineData("gAABAIAAAAEBAAAAAAAAgAEAAAA=")]
    [InlineData("gAABAIAAAAEBAAAAAAAAgAEAAAAAAAAAAAAAAA==")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(ResourceId.TryParse(text, out _));
        Assert.Contains(text, Assert.Throws<FormatException>(() => ResourceId.Parse(text)).Message);
    }

    [Fact]
    public void A_child_needs_the_right_parent_and_a_number_that_fits()
    {
        var database = ResourceId.ForDatabase(1);
        var collection = ResourceId.ForCollection(1, 1);
        Assert.Throws<ArgumentException>(() => ResourceId.ForDocument(database, 1));
        Assert.Throws<ArgumentException>(() => ResourceId.ForChild(collection, ResourceKind.Permission, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ResourceId.ForChild(collection, ResourceKind.Database, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ResourceId.ForDocument(collection, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ResourceId.ForDocument(collection, ResourceId.MaxChildNumber + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ResourceId.ForCollection(1, 1u << 31));
        Assert.Throws<InvalidOperationException>(() => database.CollectionId);
    }

    private static void Check(ResourceId id, string property, ulong number)
    {
        var sdk = ReadBack(id);
        Assert.Equal(number, SdkResourceId.Number(sdk, property));
    }

    private static void Check(ResourceId id, string property, ResourceId related)
    {
        var sdk = ReadBack(id);
        Assert.Equal(related.ToString(), SdkResourceId.Text(sdk, property));
    }

    private static void Check(ResourceId id, string property) => Check(id, property, id);

    private static object ReadBack(ResourceId id)
    {
        var text = id.ToString();
        Assert.Equal(id, ResourceId.Parse(text));
        Assert.False(id.TryFormat(new char[text.Length - 1], out _));
        var sdk = SdkResourceId.Parse(text);
        Assert.Equal(text, sdk.ToString());
        return sdk;
    }
}
