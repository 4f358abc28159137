using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Snapshots;

namespace Geode.Backplane.Tests.Storage;

public sealed class ExpirySnapshotTests
{
    [Fact]
    public async Task A_snapshot_keeps_what_was_swept_and_begins_the_history_anew()
    {
        var time = new TestReplica.Clock();
        await using var replica = await TestReplica.OpenAsync("here", time);
        await replica.UpsertAsync("gone");
        time.Advance(10);
        await replica.SweepAsync();
        await replica.UpsertAsync("stays");

        var snapshot = replica.Replica.State.Save(replica.Replica.History);
        using var file = new MemoryStream();
        SnapshotWriter.Write(file, snapshot);
        var state = new ReplicaState(new ReplicaOptions("here"));
        state.Load(SnapshotReader.Read(file.ToArray()));

        var partition = state.Catalog.FindContainer("d", "c")!.Partitions[0];
        Assert.True(partition.Find(new ItemKey("[\"p\"]", "gone"))!.Expired);
        Assert.Equal(1, partition.Count);
        Assert.Equal(replica.Partition.Lsn, partition.Lsn);
        Assert.Null(partition.History.ReadAfter(0, VersionVector.Empty, 10));
        Assert.Empty(partition.History.ReadAfter(partition.Lsn, VersionVector.Empty, 10)!);
    }
}
