using System.Text;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Geode.Blobs.Tests.Sdk;

/// <summary>The unchanged client of Azure Storage writes and reads blobs.</summary>
public sealed class BlobTests : IAsyncLifetime
{
    private TestStore _store = null!;

    public async Task InitializeAsync() => _store = await TestStore.StartAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_blob_is_read_as_it_was_written()
    {
        var blob = (await _store.ContainerAsync()).GetBlobClient("a/b c?#%ü.txt");
        var written = await blob.UploadAsync(BinaryData.FromString("hello"), new BlobUploadOptions
        {
            HttpHeaders = new() { ContentType = "text/plain", CacheControl = "max-age=1", ContentDisposition = "attachment", ContentEncoding = "identity", ContentLanguage = "en" },
            Metadata = new Dictionary<string, string> { ["By"] = "ada" },
        });
        var read = (await blob.DownloadContentAsync()).Value;
        Assert.Equal("hello", read.Content.ToString());
        Assert.Equal(written.Value.ETag, read.Details.ETag);
        Assert.Equal(("text/plain", "max-age=1", "attachment", "identity", "en"), (read.Details.ContentType, read.Details.CacheControl, read.Details.ContentDisposition, read.Details.ContentEncoding, read.Details.ContentLanguage));
        Assert.Equal("ada", Assert.Single(read.Details.Metadata).Value);
#pragma warning disable CA5351
        Assert.Equal(System.Security.Cryptography.MD5.HashData(Encoding.UTF8.GetBytes("hello")), read.Details.ContentHash);
#pragma warning restore CA5351
        var properties = (await blob.GetPropertiesAsync()).Value;
        Assert.Equal((5, BlobType.Block, written.Value.ETag), (properties.ContentLength, properties.BlobType, properties.ETag));
        Assert.True(await blob.ExistsAsync());
    }

    [Fact]
    public async Task An_empty_blob_is_one()
    {
        var blob = (await _store.ContainerAsync()).GetBlobClient("empty");
        await blob.UploadAsync(new BinaryData([]));
        Assert.Empty((await blob.DownloadContentAsync()).Value.Content.ToArray());
    }

    [Fact]
    public async Task A_range_is_a_part()
    {
        var blob = (await _store.ContainerAsync()).GetBlobClient("a");
        await blob.UploadAsync(BinaryData.FromString("0123456789"));
        Assert.Equal("345", (await blob.DownloadContentAsync(new BlobDownloadOptions { Range = new(3, 3) })).Value.Content.ToString());
        Assert.Equal("789", (await blob.DownloadContentAsync(new BlobDownloadOptions { Range = new(7) })).Value.Content.ToString());
        Assert.Equal("89", (await blob.DownloadContentAsync(new BlobDownloadOptions { Range = new(8, 100) })).Value.Content.ToString());
        await RefusedAsync(416, "InvalidRange", () => blob.DownloadContentAsync(new BlobDownloadOptions { Range = new(10, 1) }));
    }

    [Fact]
    public async Task What_there_is_already_is_not_overwritten_unless_wanted()
    {
        var blob = (await _store.ContainerAsync()).GetBlobClient("a");
        var first = await blob.UploadAsync(BinaryData.FromString("1"));
        await RefusedAsync(409, "BlobAlreadyExists", () => blob.UploadAsync(BinaryData.FromString("2")));
        var second = await blob.UploadAsync(BinaryData.FromString("2"), overwrite: true);
        Assert.NotEqual(first.Value.ETag, second.Value.ETag);
        await RefusedAsync(412, "ConditionNotMet", () => blob.UploadAsync(BinaryData.FromString("3"), new BlobUploadOptions { Conditions = new() { IfMatch = first.Value.ETag } }));
        await blob.UploadAsync(BinaryData.FromString("3"), new BlobUploadOptions { Conditions = new() { IfMatch = second.Value.ETag } });
        Assert.Equal("3", (await blob.DownloadContentAsync()).Value.Content.ToString());
    }

    [Fact]
    public async Task Conditions_hold_for_reading()
    {
        var blob = (await _store.ContainerAsync()).GetBlobClient("a");
        var etag = (await blob.UploadAsync(BinaryData.FromString("1"))).Value.ETag;
        var unchanged = await blob.DownloadContentAsync(new BlobDownloadOptions { Conditions = new() { IfNoneMatch = etag } });
        Assert.Equal(304, unchanged.GetRawResponse().Status);
        await RefusedAsync(412, "ConditionNotMet", () => blob.DownloadContentAsync(new BlobDownloadOptions { Conditions = new() { IfMatch = new ETag("\"other\"") } }));
    }

    [Fact]
    public async Task What_is_large_comes_in_blocks()
    {
        var content = new byte[9_000_123];
        new Random(1).NextBytes(content);
        var blob = (await _store.ContainerAsync()).GetBlobClient("large");
        await blob.UploadAsync(new MemoryStream(content), new BlobUploadOptions
        {
            TransferOptions = new StorageTransferOptions { InitialTransferSize = 1 << 20, MaximumTransferSize = 1 << 20, MaximumConcurrency = 4 },
            HttpHeaders = new() { ContentType = "image/png" },
        });
        using var read = new MemoryStream();
        await blob.DownloadToAsync(read, new BlobDownloadToOptions { TransferOptions = new() { InitialTransferSize = 1 << 20, MaximumTransferSize = 1 << 20 } });
        Assert.Equal(content, read.ToArray());
        Assert.Equal("image/png", (await blob.GetPropertiesAsync()).Value.ContentType);
    }

    [Fact]
    public async Task A_list_of_blocks_that_never_came_is_refused()
    {
        var blob = (await _store.ContainerAsync()).GetBlockBlobClient("large");
        var id = Convert.ToBase64String("1"u8);
        await blob.StageBlockAsync(id, new MemoryStream([1]));
        Assert.False(await blob.ExistsAsync());
        await RefusedAsync(400, "InvalidBlockList", () => blob.CommitBlockListAsync([id, Convert.ToBase64String("2"u8)]));
    }

    [Fact]
    public async Task Metadata_and_headers_are_changed_without_the_content()
    {
        var blob = (await _store.ContainerAsync()).GetBlobClient("a");
        await blob.UploadAsync(BinaryData.FromString("1"));
        await blob.SetMetadataAsync(new Dictionary<string, string> { ["seen"] = "yes" });
        await blob.SetHttpHeadersAsync(new() { ContentType = "text/css" });
        var read = (await blob.DownloadContentAsync()).Value;
        Assert.Equal(("1", "text/css", "yes"), (read.Content.ToString(), read.Details.ContentType, read.Details.Metadata["seen"]));
    }

    [Fact]
    public async Task Names_of_metadata_are_signed_in_whatever_order_they_come()
    {
        var blob = (await _store.ContainerAsync()).GetBlobClient("a");
        var metadata = ((string[])["a_", "a1", "ab", "a", "a_b", "a1b", "b_1", "b1_"]).ToDictionary(n => n, n => n);
        await blob.UploadAsync(BinaryData.FromString("1"), new BlobUploadOptions { Metadata = metadata });
        Assert.Equal(metadata.Keys.Order(StringComparer.Ordinal), (await blob.GetPropertiesAsync()).Value.Metadata.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_deleted_is_gone()
    {
        var blob = (await _store.ContainerAsync()).GetBlobClient("a");
        await blob.UploadAsync(BinaryData.FromString("1"));
        Assert.True(await blob.DeleteIfExistsAsync());
        Assert.False(await blob.DeleteIfExistsAsync());
        await RefusedAsync(404, "BlobNotFound", () => blob.DownloadContentAsync());
    }

    private static async Task RefusedAsync(int status, string code, Func<Task> act)
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(act);
        Assert.Equal((status, code), (refused.Status, refused.ErrorCode));
    }
}
