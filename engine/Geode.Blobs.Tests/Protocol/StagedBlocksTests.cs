using Geode.Blobs.Protocol;
using Geode.Blobs.Storage;
using Geode.TestKit;

namespace Geode.Blobs.Tests.Protocol;

public sealed class StagedBlocksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly BlobAccount _account;
    private readonly StagedBlocks _staged;

    public StagedBlocksTests()
    {
        _account = new("a", new FolderFiles(_folder.Path, isFlushed: false), _time);
        _staged = new(_account, _time, mostBytes: 10);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Uploads_that_were_given_up_do_not_stay_on_the_disk()
    {
        await StageAsync("one", "1", 4);
        await StageAsync("one", "2", 4);
        _time.Advance(TimeSpan.FromMinutes(11));
        await StageAsync("other", "1", 10);
        Assert.Single(Directory.GetFiles(_folder.At("contents")));
        Assert.Empty(_staged.Take(new("files", "one")));
        Assert.Single(_staged.Take(new("files", "other")));
    }

    [Fact]
    public async Task An_upload_that_goes_on_is_kept_however_slow_a_block_is()
    {
        await StageAsync("one", "1", 2);
        var slow = new TaskCompletionSource<BlobContent>();
        var coming = _staged.AddAsync(new("files", "one"), "2", 2, () => slow.Task);
        _time.Advance(TimeSpan.FromMinutes(60));
        await StageAsync("other", "1", 2);
        slow.SetResult(await ContentAsync(2));
        await coming;
        _time.Advance(TimeSpan.FromMinutes(9));
        await StageAsync("other", "2", 2);
        Assert.Equal(["1", "2"], _staged.Take(new("files", "one")).Keys.Order());
    }

    [Fact]
    public async Task Only_so_much_waits_in_an_account()
    {
        await StageAsync("one", "1", 6);
        var refused = await Assert.ThrowsAsync<BlobException>(() => StageAsync("other", "1", 5));
        Assert.Equal((503, "ServerBusy"), (refused.Status, refused.Code));
        // What failed, was replaced or is committed counts no longer.
        await Assert.ThrowsAsync<IOException>(() => _staged.AddAsync(new("files", "other"), "1", 4, () => throw new IOException("gone")));
        await StageAsync("one", "1", 3);
        await StageAsync("other", "1", 4);
        Assert.Equal(2, Directory.GetFiles(_folder.At("contents")).Length);
        Assert.Single(_staged.Take(new("files", "one")));
        await StageAsync("other", "2", 6);
        await Assert.ThrowsAsync<BlobException>(() => StageAsync("other", "3", 1));
    }

    private Task<BlobContent> StageAsync(string blob, string id, int length) => _staged.AddAsync(new("files", blob), id, length, () => ContentAsync(length));

    private Task<BlobContent> ContentAsync(int length) => _account.Files.AddAsync([new MemoryStream(new byte[length])], length, default);
}
