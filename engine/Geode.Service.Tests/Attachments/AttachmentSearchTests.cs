using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using Geode.Service.Attachments;
using Geode.TestKit;

namespace Geode.Service.Tests.Attachments;

/// <summary>Who is believed of two accounts, and when the second one is asked.</summary>
public sealed class AttachmentSearchTests
{
    private static readonly AttachmentSource Primary = new(new BlobContainerClient(new Uri("http://127.0.0.1:1/a/b")), IsPrimary: true);
    private static readonly AttachmentSource Copy = new(new BlobContainerClient(new Uri("http://127.0.0.1:2/a/b")), IsPrimary: false);
    private static readonly AttachmentAnswer Missing = new(null, null);
    private static readonly AttachmentAnswer Silent = new(null, new IOException("nobody"));

    private readonly ManualTime _time = new();
    private readonly ConcurrentDictionary<AttachmentSource, TaskCompletionSource<AttachmentAnswer>> _asked = [];

    [Fact]
    public async Task What_the_first_one_has_is_enough()
    {
        var search = SearchAsync(Primary, Copy);
        _asked[Primary].SetResult(Found("1"));
        Assert.Equal("1", (await search)!.ContentType);
        Assert.False(_asked.ContainsKey(Copy));
    }

    [Fact]
    public async Task What_the_account_itself_does_not_have_there_is_not()
    {
        var search = SearchAsync(Primary, Copy);
        _asked[Primary].SetResult(Missing);
        Assert.Null(await search);
        Assert.False(_asked.ContainsKey(Copy));
    }

    [Fact]
    public async Task What_the_copy_does_not_have_the_account_may()
    {
        var search = SearchAsync(Copy, Primary);
        _asked[Copy].SetResult(Missing);
        await AskedAsync(Primary);
        _asked[Primary].SetResult(Found("1"));
        Assert.Equal("1", (await search)!.ContentType);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_copy_does_not_have_while_the_account_is_silent_nobody_can_say(bool isCopyFirst)
    {
        var search = isCopyFirst ? SearchAsync(Copy, Primary) : SearchAsync(Primary, Copy);
        _asked[isCopyFirst ? Copy : Primary].SetResult(isCopyFirst ? Missing : Silent);
        await AskedAsync(isCopyFirst ? Primary : Copy);
        _asked[isCopyFirst ? Primary : Copy].SetResult(isCopyFirst ? Silent : Missing);
        await Assert.ThrowsAsync<AttachmentUnavailableException>(() => search);
    }

    [Fact]
    public async Task Who_is_silent_for_long_gets_a_rival_and_its_late_answer_is_closed()
    {
        var search = SearchAsync(Primary, Copy);
        _time.Advance(TimeSpan.FromSeconds(1));
        await AskedAsync(Copy);
        _asked[Copy].SetResult(Found("2"));
        Assert.Equal("2", (await search)!.ContentType);
        var late = new MemoryStream();
        _asked[Primary].SetResult(new(new(1, "1", default, late, 0, 1), null));
        await InProcessPlanet.EventuallyAsync(() => Task.FromResult(!late.CanRead), "closed");
    }

    private Task<AttachmentContent?> SearchAsync(AttachmentSource first, AttachmentSource second) => AttachmentSearch.FindAsync(
        first, second, (source, _) => (_asked[source] = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task, _time, CancellationToken.None);

    private Task AskedAsync(AttachmentSource source) => InProcessPlanet.EventuallyAsync(() => Task.FromResult(_asked.ContainsKey(source)), "it is asked");

    private static AttachmentAnswer Found(string type) => new(new(1, type, default, null, 0, 0), null);
}
