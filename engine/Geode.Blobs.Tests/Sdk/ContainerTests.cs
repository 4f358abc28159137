using Azure;
using Azure.Storage.Blobs.Models;

namespace Geode.Blobs.Tests.Sdk;

/// <summary>The unchanged client of Azure Storage makes, lists and deletes containers.</summary>
public sealed class ContainerTests : IAsyncLifetime
{
    private TestStore _store = null!;

    public async Task InitializeAsync() => _store = await TestStore.StartAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_container_is_made_once()
    {
        var container = _store.Client().GetBlobContainerClient("files");
        Assert.False(await container.ExistsAsync());
        Assert.NotNull(await container.CreateIfNotExistsAsync());
        Assert.Null(await container.CreateIfNotExistsAsync());
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => container.CreateAsync());
        Assert.Equal((409, "ContainerAlreadyExists"), (refused.Status, refused.ErrorCode));
        Assert.True(await container.ExistsAsync());
    }

    [Fact]
    public async Task Without_a_container_there_are_no_blobs()
    {
        var blob = _store.Client().GetBlobContainerClient("files").GetBlobClient("a");
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(BinaryData.FromString("1")));
        Assert.Equal((404, "ContainerNotFound"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task What_was_in_a_container_goes_with_it()
    {
        var container = await _store.ContainerAsync();
        await container.UploadBlobAsync("a", BinaryData.FromString("1"));
        await container.DeleteAsync();
        await container.CreateAsync();
        Assert.False(await container.GetBlobClient("a").ExistsAsync());
        Assert.Empty(await container.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, default).ToListAsync());
    }

    [Fact]
    public async Task A_list_comes_by_name_in_pages()
    {
        var container = await _store.ContainerAsync();
        foreach (var name in (string[])["b", "a/2", "a/1", "a/3", "B"])
            await container.UploadBlobAsync(name, BinaryData.FromString(name));
        Assert.Equal(["B", "a/1", "a/2", "a/3", "b"], await NamesAsync(null));
        Assert.Equal(["a/1", "a/2", "a/3"], await NamesAsync("a/"));
        var pages = await container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, "a/", default).AsPages(pageSizeHint: 2).ToListAsync();
        Assert.Equal([2, 1], pages.Select(p => p.Values.Count));
        Assert.Equal(3, pages[0].Values[0].Properties.ContentLength);

        async Task<IEnumerable<string>> NamesAsync(string? prefix) =>
            (await container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, default).ToListAsync()).Select(b => b.Name);
    }

    [Fact]
    public async Task Only_the_accounts_key_opens_it()
    {
        var stranger = _store.Client(key: Convert.ToBase64String(new byte[64])).GetBlobContainerClient("files");
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => stranger.CreateAsync());
        Assert.Equal((403, "AuthenticationFailed"), (refused.Status, refused.ErrorCode));
        using var nobody = new HttpClient();
        using var answer = await nobody.GetAsync(new Uri(_store.Address, $"{TestStore.Name}/files/a"));
        Assert.Equal((401, "NoAuthenticationInformation"), ((int)answer.StatusCode, answer.Headers.GetValues("x-ms-error-code").Single()));
        Assert.Contains("<Code>NoAuthenticationInformation</Code>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_here_is_refused_by_name()
    {
        var container = await _store.ContainerAsync();
        await container.UploadBlobAsync("a", BinaryData.FromString("1"));
        var blob = container.GetBlobClient("a");
        await NotHereAsync("UnsupportedQueryParameter", () => blob.CreateSnapshotAsync());
        await NotHereAsync("UnsupportedQueryParameter", () => blob.GetTagsAsync());
        await NotHereAsync("UnsupportedHeader", () => blob.SyncCopyFromUriAsync(blob.Uri));
        await NotHereAsync("UnsupportedHeader", () => blob.DownloadContentAsync(new BlobDownloadOptions { Conditions = new() { LeaseId = Guid.NewGuid().ToString() } }));
        await NotHereAsync("UnsupportedHeader", () => container.SetAccessPolicyAsync(PublicAccessType.Blob));
        await NotHereAsync("UnsupportedQueryParameter", async () => await container.GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", null, default).ToListAsync());
        await NotHereAsync("UnsupportedQueryParameter", async () => await _store.Client().GetBlobContainersAsync().ToListAsync());

        static async Task NotHereAsync(string code, Func<Task> act)
        {
            var refused = await Assert.ThrowsAsync<RequestFailedException>(act);
            Assert.Equal((501, code), (refused.Status, refused.ErrorCode));
        }
    }
}
