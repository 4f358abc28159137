using Geode.Blobs.Storage;
using Geode.TestKit;

namespace Geode.Blobs.Tests.Protocol;

public sealed class BlobHeaderValuesTests
{
    [Theory]
    [InlineData("x-ms-blob-content-md5", "é", "InvalidMd5")]
    [InlineData("x-ms-blob-content-md5", "AAAA", "InvalidMd5")]
    [InlineData("x-ms-meta-who", "é", "InvalidMetadata")]
    [InlineData("x-ms-blob-content-type", "é", "InvalidHeaderValue")]
    [InlineData("x-ms-blob-content-disposition", "é", "InvalidHeaderValue")]
    [InlineData("x-ms-blob-content-encoding", "é", "InvalidHeaderValue")]
    [InlineData("x-ms-blob-content-language", "é", "InvalidHeaderValue")]
    [InlineData("x-ms-blob-cache-control", "é", "InvalidHeaderValue")]
    [InlineData("x-ms-version", "é", "InvalidHeaderValue")]
    [InlineData("x-ms-client-request-id", "é", "InvalidHeaderValue")]
    public async Task What_no_answer_can_say_is_not_kept(string header, string value, string code)
    {
        using var folder = new TemporaryFolder();
        await using var store = await TestStore.StartAsync(new FolderFiles(folder.Path, isFlushed: false));
        await store.ContainerAsync();
        Assert.Equal((400, code), await SignedPut.SendAsync(store, "files/a", header, value));
        Assert.Null(store.Account.Blob("files", "a"));
        Assert.Empty(Directory.GetFiles(folder.At("contents")));
    }

    [Fact]
    public async Task What_is_printable_is_kept()
    {
        await using var store = await TestStore.StartAsync();
        var container = await store.ContainerAsync();
        Assert.Equal((201, null), await SignedPut.SendAsync(store, "files/a", "x-ms-meta-who", "a b~!"));
        Assert.Equal("a b~!", (await container.GetBlobClient("a").GetPropertiesAsync()).Value.Metadata["who"]);
    }
}
