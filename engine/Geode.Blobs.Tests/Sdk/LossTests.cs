using Azure;
using Azure.Storage.Blobs;
using Geode.Blobs.Storage;
using Geode.TestKit;

namespace Geode.Blobs.Tests.Sdk;

/// <summary>A part of what was stored is lost: the copy still gets everything that is there.</summary>
public sealed class LossTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_written_after_the_last_record_was_lost_reaches_the_copy()
    {
        await CopyAsync("one", "two");
        File.Delete(RecordOf("original", "two"));
        await using var store = await StartAsync();
        // Before the copy is asked how far it is.
        await Files(store).UploadBlobAsync("three", BinaryData.FromString("3"));
        store.StartCopying();
        await store.CopiedAsync();
        Assert.Equal("3", await CopyOfAsync(store, "three"));
        // The original may not have it any more, its pair does.
        Assert.Equal("two", await CopyOfAsync(store, "two"));
    }

    [Theory]
    [InlineData("records")]
    [InlineData("contents")]
    public async Task A_copy_that_lost_a_part_gets_it_again(string part)
    {
        await CopyAsync("one", "two");
        var record = RecordOf("copy", "one");
        if (part == "records")
            File.Delete(record);
        else
            await File.WriteAllBytesAsync(_folder.At("copy", "contents", ContentIn(record)), []);
        await using var store = await StartAsync();
        Assert.Equal(CopyPosition.None, store.Copy.Position);
        store.StartCopying();
        await store.CopiedAsync();
        Assert.Equal("one", await CopyOfAsync(store, "one"));
    }

    [Fact]
    public async Task A_start_without_loss_sends_nothing_again()
    {
        await CopyAsync("one", "two");
        await using var store = await StartAsync();
        var (history, position) = (store.Account.History, store.Copy.Position);
        Assert.Equal((history, store.Account.Last), (position.History, position.Sequence));
        await Files(store).UploadBlobAsync("three", BinaryData.FromString("3"));
        store.StartCopying();
        await store.CopiedAsync();
        Assert.Equal("3", await CopyOfAsync(store, "three"));
        Assert.Equal(history, store.Account.History);
    }

    [Fact]
    public async Task A_content_that_is_lost_does_not_keep_later_ones_from_the_copy()
    {
        await using var store = await StartAsync();
        var container = await store.ContainerAsync();
        foreach (var name in (string[])["one", "two", "three"])
            await container.UploadBlobAsync(name, BinaryData.FromString(name));
        store.Account.Files.Delete(store.Account.Blob("files", "one")!.ContentId!);
        await File.WriteAllBytesAsync(_folder.At("original", "contents", store.Account.Blob("files", "three")!.ContentId!), []);
        store.StartCopying();
        await Eventually.SoAsync(() => store.Copy.Blob("files", "two") is not null);
        await container.UploadBlobAsync("four", BinaryData.FromString("four"));
        await store.CopiedAsync();
        Assert.Null(store.Copy.Blob("files", "one"));
        Assert.Null(store.Copy.Blob("files", "three"));
        Assert.Equal("four", await CopyOfAsync(store, "four"));
    }

    [Fact]
    public async Task A_failure_after_the_change_leaves_the_content_that_the_record_names()
    {
        var files = new FilesThatKeep();
        await using var store = await TestStore.StartAsync(files);
        var blob = (await store.ContainerAsync()).GetBlobClient("a");
        await blob.UploadAsync(BinaryData.FromString("old"));
        files.Stuck = store.Account.Blob("files", "a")!.ContentId;
        Assert.Equal(500, (await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(BinaryData.FromString("new"), overwrite: true))).Status);
        Assert.Equal("new", (await blob.DownloadContentAsync()).Value.Content.ToString());
    }

    private async Task CopyAsync(params string[] names)
    {
        await using var store = await StartAsync();
        var container = await store.ContainerAsync();
        foreach (var name in names)
            await container.UploadBlobAsync(name, BinaryData.FromString(name));
        store.StartCopying();
        await store.CopiedAsync();
    }

    private Task<TestStore> StartAsync() =>
        TestStore.StartAsync(new FolderFiles(_folder.At("original"), isFlushed: false), new FolderFiles(_folder.At("copy"), isFlushed: false));

    private string RecordOf(string side, string blob) =>
        Directory.GetFiles(_folder.At(side, "records")).Single(f => File.ReadAllText(f).Contains($"\"Name\":\"{blob}\"", StringComparison.Ordinal));

    private static string ContentIn(string record) => System.Text.Json.JsonDocument.Parse(File.ReadAllText(record)).RootElement.GetProperty("ContentId").GetString()!;

    private static BlobContainerClient Files(TestStore store) => store.Client().GetBlobContainerClient("files");

    private static async Task<string> CopyOfAsync(TestStore store, string name) =>
        (await store.CopyClient().GetBlobContainerClient("files").GetBlobClient(name).DownloadContentAsync()).Value.Content.ToString();
}
