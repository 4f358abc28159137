using Geode.Backplane.Storage.Log;

namespace Geode.Backplane.Storage.Snapshots;

/// <summary>Replaces what a log has grown to by a snapshot. The writer starts it, which begins a new log segment; the file is written
/// beside the writer, and only when it is whole do the segments before it go.</summary>
public sealed class Compactor(CommitLog log, string folder, RegionId region, long afterBytes)
{
    private long _segmentsBytes;

    /// <summary>Completes when no snapshot is being written. A failure to write one is kept here; the log then just goes on growing.</summary>
    public Task Idle { get; private set; } = Task.CompletedTask;

    public long SnapshotBytes { get; private set; } = SnapshotFolder.BytesIn(folder);

    public long LogBytes => Volatile.Read(ref _segmentsBytes) + log.SegmentLength;

    /// <summary>True when the log has outgrown both the limit and the last snapshot, and none is being written.</summary>
    public bool IsDue => log.SegmentLength > Math.Max(afterBytes, SnapshotBytes) && Idle.IsCompleted;

    /// <summary>Called by the writer with the state that the log has led to; completes when the snapshot is in place.</summary>
    public Task Start(Snapshot snapshot)
    {
        Volatile.Write(ref _segmentsBytes, LogBytes);
        var next = log.Roll();
        return Idle = SaveAsync(Idle, snapshot, next);
    }

    private async Task SaveAsync(Task before, Snapshot snapshot, int next)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Run(() =>
        {
            SnapshotBytes = SnapshotFolder.Save(folder, region, next, snapshot);
            log.DropBefore(next);
            Volatile.Write(ref _segmentsBytes, 0);
        });
    }
}
