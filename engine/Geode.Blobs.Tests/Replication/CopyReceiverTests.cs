using Geode.Blobs.Replication;
using Geode.Blobs.Storage;
using Geode.TestKit;

namespace Geode.Blobs.Tests.Replication;

public sealed class CopyReceiverTests
{
    private const string History = "h";

    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ManualTime _time = new();
    private readonly TestLink _link = new() { Delay = TimeSpan.FromSeconds(1) };
    private readonly CopyReceiver _receiver;

    public CopyReceiverTests() => _receiver = new(new BlobAccount("copy", new MemoryFiles(), _time), _link, _time);

    [Fact]
    public async Task What_is_sent_arrives_when_the_links_delay_has_passed()
    {
        var receiving = ReceiveAsync(0, Put(1));
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(receiving.IsCompleted);
        Assert.Null(_receiver.Account.Blob("files", "1"));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(new CopyPosition(History, 1, Start.AddHours(1)), await receiving);
        Assert.NotNull(_receiver.Account.Blob("files", "1"));
    }

    [Fact]
    public async Task What_is_under_way_when_the_link_goes_down_does_not_arrive()
    {
        var receiving = ReceiveAsync(0, Put(1));
        _link.IsUp = false;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await receiving);
        Assert.Null(_receiver.Account.Blob("files", "1"));
        Assert.Equal(CopyPosition.None, _receiver.Account.Position);
        Assert.Null(await ReceiveAsync(0, Put(1)));
    }

    [Fact]
    public async Task What_comes_twice_changes_nothing_and_what_has_a_gap_before_it_is_not_taken()
    {
        _link.Delay = TimeSpan.Zero;
        await ReceiveAsync(0, Put(1), Put(2));
        Assert.Equal(2, (await ReceiveAsync(0, Put(1), Put(2), Put(3)))!.Sequence - 1);
        Assert.Equal(3, (await ReceiveAsync(5, Put(6)))!.Sequence);
        Assert.Null(_receiver.Account.Blob("files", "6"));
        // Of another history nothing is here yet.
        Assert.Equal(new CopyPosition("other", 0, Start.AddHours(1)), await _receiver.ReceiveAsync(new("other", 1, Start), await StreamAsync(Put(2)), default));
    }

    [Fact]
    public async Task What_breaks_off_leaves_nothing()
    {
        _link.Delay = TimeSpan.Zero;
        var whole = await StreamAsync(Put(1), Put(2));
        await Assert.ThrowsAsync<EndOfStreamException>(() => _receiver.ReceiveAsync(new(History, 0, Start), new MemoryStream(whole.ToArray()[..^1]), default));
        Assert.Null(_receiver.Account.Blob("files", "1"));
        await Assert.ThrowsAsync<InvalidDataException>(() => _receiver.ReceiveAsync(new(History, 0, Start), new MemoryStream([255, 255, 255, 255]), default));
    }

    private async Task<CopyPosition?> ReceiveAsync(long after, params BlobRecord[] records) =>
        await _receiver.ReceiveAsync(new(History, after, Start.AddHours(1)), await StreamAsync(records), default);

    private static async Task<MemoryStream> StreamAsync(params BlobRecord[] records)
    {
        var stream = new MemoryStream();
        foreach (var record in records)
            await ChangeFrames.WriteAsync(stream, record, new MemoryStream(new byte[record.Length]), default);
        stream.Position = 0;
        return stream;
    }

    private static BlobRecord Put(long sequence) => new("files", $"{sequence}", sequence, Start.AddSeconds(sequence)) { ContentId = "theirs", Length = 3 };
}
