using Geode.Backplane.ChangeFeed;
using Geode.Backplane.Storage;
using Geode.TestKit;

namespace Geode.Backplane.Tests.Storage;

public sealed class ExpiryTests
{
    private readonly TestReplica.Clock _time = new();

    [Fact]
    public async Task An_expired_item_hides_at_once_and_leaves_with_the_sweep()
    {
        await using var replica = await TestReplica.OpenAsync("here", _time);
        await replica.UpsertAsync("a");
        _time.Advance(9);
        Assert.True(replica.IsLive("a"));
        Assert.Equal(0, await replica.SweepAsync());
        _time.Advance(1);
        Assert.False(replica.IsLive("a"));
        Assert.Equal(1, replica.Partition.Count);
        Assert.Equal(1, await replica.SweepAsync());
        Assert.Equal(0, replica.Partition.Count);
        Assert.Equal(0, await replica.SweepAsync());
    }

    [Theory]
    [InlineData("\"defaultTtl\": 10", ",\"ttl\":30", 30)]
    [InlineData("\"defaultTtl\": 10", ",\"ttl\":-1", null)]
    [InlineData("\"defaultTtl\": -1", ",\"ttl\":5", 5)]
    [InlineData("\"defaultTtl\": -1", "", null)]
    [InlineData("\"defaultTtl\": 10", ",\"ttl\":null", 10)]
    [InlineData("\"defaultTtl\": null", ",\"ttl\":5", null)]
    public async Task The_items_own_time_counts_before_the_containers(string settings, string own, int? seconds)
    {
        await using var replica = await TestReplica.OpenAsync("here", _time, settings);
        await replica.UpsertAsync("a", own);
        _time.Advance((seconds ?? 1_000_000) - 1);
        Assert.True(replica.IsLive("a"));
        _time.Advance(1);
        Assert.Equal(seconds is null, replica.IsLive("a"));
        Assert.Equal(seconds is null ? 0 : 1, await replica.SweepAsync());
    }

    [Theory]
    [InlineData("/from", ",\"from\":{0}", 14)]
    [InlineData("/when/from", ",\"when\":{{\"from\":{0}.7}}", 14)]
    [InlineData("/from", ",\"from\":{0},\"ttl\":20", 24)]
    [InlineData("/from", ",\"from\":\"{0}\"", 10)]
    [InlineData("/from", ",\"other\":{0}", 10)]
    [InlineData("/from", ",\"from\":1e300", 10)]
    public async Task The_time_counts_from_where_the_container_says(string path, string own, int seconds)
    {
        await using var replica = await TestReplica.OpenAsync("here", _time, $"\"defaultTtl\": 10, \"ttlPropertyPath\": \"{path}\"");
        await replica.UpsertAsync("a", string.Format(System.Globalization.CultureInfo.InvariantCulture, own, _time.GetUtcNow().ToUnixTimeSeconds() + 4));
        _time.Advance(seconds - 1);
        Assert.True(replica.IsLive("a"));
        _time.Advance(1);
        Assert.False(replica.IsLive("a"));
    }

    [Fact]
    public async Task A_write_begins_the_time_anew()
    {
        await using var replica = await TestReplica.OpenAsync("here", _time);
        await replica.UpsertAsync("a");
        _time.Advance(9);
        await replica.UpsertAsync("a");
        _time.Advance(9);
        Assert.Equal(0, await replica.SweepAsync());
        Assert.True(replica.IsLive("a"));
    }

    [Fact]
    public async Task A_new_default_holds_for_the_items_that_are_there()
    {
        await using var replica = await TestReplica.OpenAsync("here", _time);
        await replica.UpsertAsync("a");
        await replica.DefineAsync("\"defaultTtl\": 100");
        _time.Advance(50);
        Assert.True(replica.IsLive("a"));
        await replica.DefineAsync("\"defaultTtl\": 20");
        Assert.False(replica.IsLive("a"));
        Assert.Equal(1, await replica.SweepAsync());
    }

    [Fact]
    public async Task What_another_region_wrote_meanwhile_survives_and_both_agree()
    {
        await using var here = await TestReplica.OpenAsync("here", _time);
        await using var there = await TestReplica.OpenAsync("there", _time);
        await here.UpsertAsync("a");
        await there.PullAsync(here);
        _time.Advance(9);
        var renewed = await there.UpsertAsync("a", ",\"n\":2");
        _time.Advance(1);
        Assert.Equal(1, await here.SweepAsync());
        await here.PullAsync(there);
        await there.PullAsync(here);
        Assert.Equal(renewed.ETag, here.Find("a")!.ETag);
        Assert.Equal(renewed.ETag, there.Find("a")!.ETag);
        Assert.True(here.IsLive("a"));
        Assert.True(there.IsLive("a"));
    }

    [Fact]
    public async Task An_expiry_reaches_a_region_whose_clock_is_behind()
    {
        var behind = new TestReplica.Clock();
        await using var here = await TestReplica.OpenAsync("here", _time);
        await using var there = await TestReplica.OpenAsync("there", behind);
        await here.UpsertAsync("a");
        await there.PullAsync(here);
        _time.Advance(10);
        await here.SweepAsync();
        Assert.True(there.IsLive("a"));
        await there.PullAsync(here);
        Assert.False(there.IsLive("a"));
    }

    [Fact]
    public async Task Another_regions_items_are_left_to_it_for_a_while()
    {
        await using var here = await TestReplica.OpenAsync("here", _time);
        await using var there = await TestReplica.OpenAsync("there", _time);
        await here.UpsertAsync("a");
        await there.PullAsync(here);
        _time.Advance(10);
        Assert.Equal(0, await there.SweepAsync());
        _time.Advance(5);
        Assert.Equal(1, await there.SweepAsync());
    }

    [Fact]
    public async Task A_restart_knows_what_was_swept()
    {
        using var folder = new TemporaryFolder();
        long lsn;
        await using (var before = await TestReplica.OpenAsync("here", _time, folder: folder.Path))
        {
            await before.UpsertAsync("a");
            _time.Advance(10);
            await before.SweepAsync();
            lsn = before.Partition.Lsn;
        }

        await using var after = await TestReplica.OpenAsync("here", _time, folder: folder.Path);
        Assert.True(after.Find("a")!.Expired);
        Assert.Equal(lsn, after.Partition.Lsn);
        Assert.Equal(0, await after.SweepAsync());
    }

    [Fact]
    public async Task The_history_tells_expiry_from_deletion()
    {
        await using var replica = await TestReplica.OpenAsync("here", _time);
        await replica.UpsertAsync("a");
        _time.Advance(10);
        await replica.SweepAsync();
        var from = new ChangeFeedToken(0, replica.Replica.Region, VersionVector.Empty, 0);
        var changes = AllVersionsReader.Read(replica.Replica, replica.Partition, from, _ => true, 10)!.Changes;
        Assert.Equal([false, true], changes.Select(c => c.Current.Expired));
        Assert.Equal("a", changes[1].Previous!.Id);
    }
}
