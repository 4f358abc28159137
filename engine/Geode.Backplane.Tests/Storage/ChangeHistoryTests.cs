using Geode.Backplane.ChangeFeed;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Tests.Storage;

public sealed class ChangeHistoryTests
{
    [Fact]
    public async Task Every_version_is_told_in_order()
    {
        await using var replica = await TestReplica.OpenAsync("here", new TestReplica.Clock());
        for (var i = 0; i < 5; i++)
            await replica.UpsertAsync("a", $",\"n\":{i}");
        var changes = replica.Partition.History.ReadAfter(0, VersionVector.Empty, 100)!;
        Assert.Equal([1, 2, 3, 4, 5], changes.Select(c => c.Current.Lsn));
        Assert.Equal([null, 1, 2, 3, 4], changes.Select(c => c.Previous?.Lsn));
        Assert.Equal([3], replica.Partition.History.ReadAfter(2, VersionVector.Empty, 1)!.Select(c => c.Current.Lsn));
    }

    [Theory]
    [InlineData(1, 8 << 20)]
    [InlineData(8, 8 << 20)]
    [InlineData(16, 4 << 20)]
    [InlineData(254, 512 << 10)]
    public void Many_replicas_of_one_process_share_what_is_kept(int replicas, int bytes) => Assert.Equal(bytes, ReplicaOptions.HistoryOf(replicas));

    [Fact]
    public async Task What_is_forgotten_is_not_passed_over_in_silence()
    {
        await using var replica = await TestReplica.OpenAsync("here", new TestReplica.Clock());
        var large = new string('x', 1 << 20);
        for (var i = 0; i < 12; i++)
            await replica.UpsertAsync("a", $",\"text\":\"{large}\"");
        var history = replica.Partition.History;
        Assert.Null(history.ReadAfter(0, VersionVector.Empty, 100));
        var rest = history.ReadAfter(10, VersionVector.Empty, 100)!;
        Assert.Equal([11, 12], rest.Select(c => c.Current.Lsn));

        // Whoever has seen the forgotten changes elsewhere misses nothing.
        Assert.NotNull(history.ReadAfter(0, replica.Replica.Durable, 100));
        var lost = new ChangeFeedToken(0, replica.Replica.Region, VersionVector.Empty, 0);
        Assert.Null(AllVersionsReader.Read(replica.Replica, replica.Partition, lost, _ => true, 10));
    }
}
