using Geode.Backplane.Replication;
using Geode.Backplane.Storage;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Backplane.Tests.Replication;

public sealed class ArrivalsTests : IAsyncLifetime
{
    private static readonly RegionId Id = RegionId.Of("there");

    private readonly ManualTime _time = new();
    private readonly SemaphoreSlim _room = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly LinkState _link = new(new Region("there", "There", 0, 0, 0), new LinkBehaviour(0));
    private readonly Replica _replica;
    private readonly LinkCursor _cursor;
    private TimeSpan _spacing;
    private Arrivals _arrivals = null!;
    private Task _running = null!;

    public ArrivalsTests()
    {
        _replica = new Replica(new ReplicaOptions("here"), _time);
        _cursor = new LinkCursor(_link, _replica, () => [Id]);
    }

    public Task InitializeAsync()
    {
        _arrivals = new Arrivals(_replica, () => _spacing);
        _running = _arrivals.RunAsync(_stop.Token);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _replica.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task Each_arrives_when_it_is_due()
    {
        Send(1, dueMs: 10);
        Send(2, dueMs: 20);

        await WaitAsync(10);
        Assert.Equal((1, 1), (_replica.Durable[Id], _link.InFlight));
        await WaitAsync(10);
        Assert.Equal((2, 0), (_replica.Durable[Id], _link.InFlight));
    }

    [Fact]
    public async Task What_is_due_sooner_overtakes_what_was_sent_before()
    {
        Send(2, dueMs: 50);
        Send(1, dueMs: 10);

        await WaitAsync(10);
        Assert.Equal(1, _replica.Durable[Id]);
        await WaitAsync(40);
        Assert.Equal(2, _replica.Durable[Id]);
    }

    [Fact]
    public async Task Of_many_links_what_comes_soon_after_waits_for_the_next_time()
    {
        _spacing = TimeSpan.FromMilliseconds(100);
        Send(1, dueMs: 10);
        await WaitAsync(10);

        Send(2, dueMs: 20);
        Send(3, dueMs: 90);
        _time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal((1, 2), (_replica.Durable[Id], _link.InFlight));
        await WaitAsync(1, arrivals: 2);
        Assert.Equal((3, 0), (_replica.Durable[Id], _link.InFlight));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_does_not_get_through_is_asked_for_again(bool isCut)
    {
        using var unfollowed = new CancellationTokenSource();
        _cursor.Receive(new PullAnswer(VersionVector.Empty, [Commit(1)]));
        Assert.Equal(1, _cursor.NextRequest().After[Id]);
        Send(1, dueMs: 10, unfollowed.Token);
        if (isCut)
            _link.Behaviour = _link.Behaviour with { IsUp = false };
        else
            await unfollowed.CancelAsync();

        await WaitAsync(10);
        Assert.Equal((0, 0), (_replica.Durable[Id], _link.InFlight));
        Assert.Equal(0, _cursor.NextRequest().After[Id]);
    }

    [Fact]
    public async Task So_is_what_a_gap_keeps_from_being_applied()
    {
        _cursor.Receive(new PullAnswer(VersionVector.Empty, [Commit(2)]));
        Send(2, dueMs: 10);

        await WaitAsync(10);
        Assert.Equal(0, _replica.Durable[Id]);
        Assert.Equal(0, _cursor.NextRequest().After[Id]);
    }

    private static Commit Commit(long sequence) => new(new Dot(Id, sequence), sequence - 1, sequence << 16, VersionVector.Empty, []);

    private void Send(long sequence, int dueMs, CancellationToken unfollowed = default) =>
        _arrivals.Add(new Arrival(_cursor, [Commit(sequence)], _room, unfollowed), TimeSpan.FromMilliseconds(dueMs));

    // Lets time pass until so many have arrived.
    private async Task WaitAsync(int ms, int arrivals = 1)
    {
        _time.Advance(TimeSpan.FromMilliseconds(ms));
        for (; arrivals > 0; arrivals--)
            Assert.True(await _room.WaitAsync(TimeSpan.FromMinutes(5)));
    }
}
