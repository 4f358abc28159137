using Geode.Control.Events;

namespace Geode.Control.Tests.Events;

public class TimelineTests
{
    [Fact]
    public async Task A_follower_gets_what_was_and_what_comes_in_order()
    {
        var timeline = new Timeline(TimeProvider.System);
        timeline.Add("process", null, "a", "healthy", "1");
        timeline.Add("process", null, "a", "killed", "2");
        await using var follower = timeline.FollowAsync(after: 1, CancellationToken.None).GetAsyncEnumerator();

        Assert.True(await follower.MoveNextAsync());
        Assert.Equal((2, "2"), (follower.Current.Id, follower.Current.Message));
        timeline.Add("process", null, "a", "starting", "3");
        Assert.True(await follower.MoveNextAsync());
        Assert.Equal((3, "3"), (follower.Current.Id, follower.Current.Message));

        timeline.End();
        Assert.False(await follower.MoveNextAsync());
    }

    [Fact]
    public async Task Following_an_ended_timeline_gives_its_past()
    {
        var timeline = new Timeline(TimeProvider.System);
        timeline.Add("planet", null, null, "stopping", "stopping");
        timeline.End();

        var seen = await timeline.FollowAsync(0, CancellationToken.None).Select(e => e.State).ToListAsync();

        Assert.Equal(["stopping"], seen);
    }

    [Fact]
    public void Only_the_latest_are_kept()
    {
        var timeline = new Timeline(TimeProvider.System);
        for (var i = 0; i < 600; i++)
            timeline.Add("link", null, null, "up", "");

        Assert.Equal(Enumerable.Range(101, 500).Select(i => (long)i), timeline.Latest().Select(e => e.Id));
    }

    [Fact]
    public void Times_are_the_clock_s()
    {
        var timeline = new Timeline(new FixedTime());

        timeline.Add("link", null, null, "up", "");

        Assert.Equal(FixedTime.Now, timeline.Latest()[0].At);
    }

    private sealed class FixedTime : TimeProvider
    {
        public static readonly DateTimeOffset Now = new(2031, 5, 4, 3, 2, 1, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
