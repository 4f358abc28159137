using Azure;
using Azure.Storage.Blobs.Models;
using Geode.Blobs.Protocol;

namespace Geode.Blobs.Tests.Protocol;

public sealed class XmlTextTests
{
    [Fact]
    public void What_xml_cannot_have_is_replaced()
    {
        // Not as data of a theory: halves of characters do not come through.
        foreach (var (text, clean) in ((string, string)[])[("a b/ü😀", "a b/ü😀"), ("a\uFFFFb\uFFFE", "a\uFFFDb\uFFFD"), ("\uD83D", "\uFFFD"), ("\uDE00\uD83Dx", "\uFFFD\uFFFDx")])
        {
            Assert.Equal(clean, XmlText.Clean(text));
            Assert.Equal(text == clean, XmlText.IsIt(text));
        }
    }

    [Fact]
    public async Task A_name_that_no_list_could_show_is_refused()
    {
        await using var store = await TestStore.StartAsync();
        var container = await store.ContainerAsync();
        await RefusedAsync("InvalidResourceName", () => container.UploadBlobAsync("a\uFFFFb", BinaryData.FromString("1")));
        await RefusedAsync("InvalidResourceName", () => store.Client().GetBlobContainerClient("a\uFFFFb").CreateAsync());
        await container.UploadBlobAsync("😀", BinaryData.FromString("1"));
        Assert.Equal("😀", Assert.Single(await container.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, default).ToListAsync()).Name);
        await RefusedAsync("InvalidQueryParameterValue", () => container.GetBlobsAsync(BlobTraits.None, BlobStates.None, "\uFFFF", default).ToListAsync().AsTask());
    }

    private static async Task RefusedAsync(string code, Func<Task> act)
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(act);
        Assert.Equal((400, code), (refused.Status, refused.ErrorCode));
    }
}
