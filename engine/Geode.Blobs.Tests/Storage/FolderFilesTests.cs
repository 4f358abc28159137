using Geode.Blobs.Storage;
using Geode.TestKit;

namespace Geode.Blobs.Tests.Storage;

public sealed class FolderFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_crash_left_behind_is_no_blob()
    {
        var account = new BlobAccount("a", Open(), TimeProvider.System);
        await PutAsync(account, "whole", 10);
        await PutAsync(account, "torn", 10);
        // Cut before the record, in the middle of a file, and in the content of one that was not flushed.
        await account.Files.AddAsync([new MemoryStream(new byte[5])], 5, default);
        await File.WriteAllTextAsync(_folder.At("temp", "torn"), "{");
        await File.WriteAllBytesAsync(_folder.At("contents", account.Blob("files", "torn")!.ContentId!), new byte[3]);
        var again = new BlobAccount("a", Open(), TimeProvider.System);
        Assert.NotNull(again.Blob("files", "whole"));
        Assert.Null(again.Blob("files", "torn"));
        Assert.Single(Directory.GetFiles(_folder.At("contents")));
        Assert.Empty(Directory.GetFiles(_folder.At("temp")));
        // The copy may have it; once it is known to be lost, that is all.
        Assert.NotEqual(account.History, again.History);
        Assert.Equal(again.History, new BlobAccount("a", Open(), TimeProvider.System).History);
    }

    [Fact]
    public void A_damaged_record_says_which_and_what_to_do()
    {
        var account = new BlobAccount("a", Open(), TimeProvider.System);
        account.Change("files", "", _ => new("", "", 0, default));
        var file = Directory.GetFiles(_folder.At("records")).Single();
        File.WriteAllText(file, "{");
        var error = Assert.Throws<InvalidDataException>(Open);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains("Delete the file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_much_is_refused_and_leaves_nothing()
    {
        var files = Open();
        await Assert.ThrowsAsync<ContentTooLargeException>(() => files.AddAsync([new MemoryStream(new byte[6]), new MemoryStream(new byte[6])], 10, default));
        Assert.Empty(Directory.GetFiles(_folder.At("temp")));
        Assert.Empty(Directory.GetFiles(_folder.At("contents")));
    }

    [Fact]
    public async Task Numbers_are_not_given_twice_when_deletions_are_forgotten()
    {
        var account = new BlobAccount("a", Open(), TimeProvider.System);
        await PutAsync(account, "one", 1);
        await PutAsync(account, "two", 1);
        foreach (var name in (string[])["one", "two"])
            account.Change("files", name, now => now! with { IsDeleted = true, ContentId = null });
        var last = account.Last;
        account.ForgetDeletions(last);
        Assert.Equal([last], account.ChangesAfter(0, 10).Records.Select(r => r.Sequence));
        Assert.Equal(last, new BlobAccount("a", Open(), TimeProvider.System).Last);
        Assert.Empty(Directory.GetFiles(_folder.At("contents")));
    }

    private static async Task PutAsync(BlobAccount account, string name, int length)
    {
        var content = await account.Files.AddAsync([new MemoryStream(new byte[length])], length, default);
        account.Change("files", name, _ => new("", "", 0, default) { ContentId = content.Id, Length = content.Length });
    }

    private FolderFiles Open() => new(_folder.Path, isFlushed: true);
}
