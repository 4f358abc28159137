using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Geode.Blobs.Storage;
using Geode.TestKit;

namespace Geode.Blobs.Tests.Sdk;

/// <summary>What the account has, its copy gets: in order, late, and not while the link is down.</summary>
public sealed class CopyTests
{
    [Fact]
    public async Task The_copy_gets_what_is_written_and_deleted()
    {
        await using var store = await TestStore.StartAsync();
        store.StartCopying();
        var container = await store.ContainerAsync();
        await container.UploadBlobAsync("a", BinaryData.FromString("1"));
        await container.UploadBlobAsync("b", BinaryData.FromString("2"));
        await store.CopiedAsync();
        var copy = store.CopyClient().GetBlobContainerClient("files");
        Assert.Equal("1", await TextAsync(copy, "a"));
        Assert.Equal((await container.GetBlobClient("a").GetPropertiesAsync()).Value.ETag, (await copy.GetBlobClient("a").GetPropertiesAsync()).Value.ETag);
        await container.GetBlobClient("a").DeleteAsync();
        await container.GetBlobClient("b").UploadAsync(BinaryData.FromString("3"), overwrite: true);
        await store.CopiedAsync();
        Assert.False(await copy.GetBlobClient("a").ExistsAsync());
        Assert.Equal("3", await TextAsync(copy, "b"));
        await container.DeleteAsync();
        await container.CreateAsync();
        await store.CopiedAsync();
        Assert.Empty(await copy.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, default).ToListAsync());
    }

    [Fact]
    public async Task The_copy_takes_no_writes()
    {
        await using var store = await TestStore.StartAsync();
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => store.CopyClient().GetBlobContainerClient("files").CreateAsync());
        Assert.Equal((403, "InsufficientAccountPermissions"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task Nothing_arrives_while_the_link_is_down_and_all_of_it_when_it_is_up()
    {
        await using var store = await TestStore.StartAsync();
        store.StartCopying();
        var container = await store.ContainerAsync();
        await store.CopiedAsync();
        store.Link.IsUp = false;
        for (var i = 0; i < 100; i++)
            await container.UploadBlobAsync($"{i}", BinaryData.FromString($"{i}"));
        var copy = store.CopyClient().GetBlobContainerClient("files");
        Assert.Empty(await copy.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, default).ToListAsync());
        store.Link.IsUp = true;
        await store.CopiedAsync();
        Assert.Equal("99", await TextAsync(copy, "99"));
        Assert.Equal(100, (await copy.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, default).ToListAsync()).Count);
    }

    [Fact]
    public async Task Last_sync_time_is_never_later_than_what_the_copy_lacks()
    {
        await using var store = await TestStore.StartAsync();
        var container = await store.ContainerAsync();
        Assert.Equal(BlobGeoReplicationStatus.Unavailable, (await store.CopyClient().GetStatisticsAsync()).Value.GeoReplication.Status);
        store.StartCopying();
        await store.CopiedAsync();
        await container.UploadBlobAsync("a", BinaryData.FromString("1"));
        await store.CopiedAsync();
        store.Link.IsUp = false;
        var statistics = (await store.CopyClient().GetStatisticsAsync()).Value.GeoReplication;
        Assert.Equal(BlobGeoReplicationStatus.Live, statistics.Status);
        await container.UploadBlobAsync("b", BinaryData.FromString("1"));
        Assert.True(store.Copy.Position.SyncedAt >= store.Account.Blob("files", "a")!.Time);
        Assert.True(store.Copy.Position.SyncedAt < store.Account.Blob("files", "b")!.Time);
        Assert.Equal(statistics.LastSyncedOn, (await store.CopyClient().GetStatisticsAsync()).Value.GeoReplication.LastSyncedOn);
    }

    [Fact]
    public async Task A_copy_that_lost_everything_gets_it_again()
    {
        await using var store = await TestStore.StartAsync();
        store.StartCopying();
        var container = await store.ContainerAsync();
        await container.UploadBlobAsync("a", BinaryData.FromString("1"));
        await store.CopiedAsync();
        store.RestartCopy(isEmpty: true);
        await store.CopiedAsync();
        Assert.Equal("1", await TextAsync(store.CopyClient().GetBlobContainerClient("files"), "a"));
    }

    [Fact]
    public async Task Both_go_on_from_their_folders()
    {
        using var folder = new TemporaryFolder();
        await using (var before = await TestStore.StartAsync(Files("one"), Files("other")))
        {
            var container = await before.ContainerAsync();
            await container.UploadBlobAsync("a", BinaryData.FromString("1"));
            before.StartCopying();
            await before.CopiedAsync();
            before.Link.IsUp = false;
            await container.UploadBlobAsync("b", BinaryData.FromString("2"));
            await container.GetBlobClient("a").DeleteAsync();
        }

        await using var after = await TestStore.StartAsync(Files("one"), Files("other"));
        var copy = after.CopyClient().GetBlobContainerClient("files");
        Assert.Equal("1", await TextAsync(copy, "a"));
        after.StartCopying();
        await after.CopiedAsync();
        Assert.False(await copy.GetBlobClient("a").ExistsAsync());
        Assert.Equal("2", await TextAsync(copy, "b"));

        FolderFiles Files(string name) => new(folder.At(name), isFlushed: false);
    }

    private static async Task<string> TextAsync(BlobContainerClient container, string name) => (await container.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToString();
}
