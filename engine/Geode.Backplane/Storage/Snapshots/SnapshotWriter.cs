using System.Buffers;
using Geode.Backplane.Storage.Log;

namespace Geode.Backplane.Storage.Snapshots;

/// <summary>Writes a snapshot as checksummed frames. Version vectors, which many documents share, are written once.</summary>
public sealed class SnapshotWriter
{
    internal const ulong HasConflict = 1;
    internal const ulong HasExpired = 2;

    private const int FrameSize = 1 << 20;

    private readonly Stream _output;
    private readonly ArrayBufferWriter<byte> _frame = new(FrameSize + (64 << 10));
    private readonly Dictionary<VersionVector, int> _vectors = new(ReferenceEqualityComparer.Instance);

    private SnapshotWriter(Stream output)
    {
        _output = output;
        LogFrame.Start(_frame);
    }

    /// <summary>Writes all of it; the stream is neither flushed nor closed.</summary>
    public static void Write(Stream output, Snapshot snapshot) => new SnapshotWriter(output).Write(snapshot);

    private void Write(Snapshot snapshot)
    {
        CommitCodec.WriteVector(_frame, snapshot.Applied);
        CommitCodec.WriteVarint(_frame, (ulong)snapshot.Ticket);
        CommitCodec.WriteVector(_frame, snapshot.Floor);
        List(snapshot.Catalog, e => Operation(e.Commit, e.Operation));
        List(snapshot.Containers, Container);
        List(snapshot.Orphans, o => Operation(o.Commit, o.Operation));
        List(snapshot.History, c => CommitCodec.Write(_frame, c));
        // An empty list at the end tells a whole snapshot from one that was cut between two frames.
        CommitCodec.WriteVarint(_frame, 0);
        EndFrame();
    }

    private void Container(SavedContainer container)
    {
        CommitCodec.WriteVarint(_frame, container.Number);
        List(container.Partitions, p =>
        {
            CommitCodec.WriteVarint(_frame, (ulong)p.Lsn);
            List(p.Documents, Document);
        });
        List(container.Kept, c => CommitCodec.WriteOperation(
            _frame, new Operation(OperationKind.KeepConflict, container.Number, c.Rid, c.Key.Id, c.Key.PartitionKey, c.Json)));
        List(container.Closed, c =>
        {
            CommitCodec.WriteString(_frame, c.Key);
            CommitCodec.WriteDot(_frame, c.Value);
        });
    }

    private void Document(Document document)
    {
        Operation(document.Commit, document.Operation);
        CommitCodec.WriteVarint(_frame, (ulong)document.Lsn);
        CommitCodec.WriteVarint(_frame, (ulong)document.ExpiresAt);
        CommitCodec.WriteVarint(_frame, (ulong)(document.HashPrefix >> 64));
        CommitCodec.WriteVarint(_frame, (ulong)document.HashPrefix);
        CommitCodec.WriteVarint(_frame, (document.Conflict is null ? 0UL : HasConflict) | (document.Expired ? HasExpired : 0UL));
        if (document.Conflict is not { } conflict)
            return;
        Vector(conflict.Context);
        List(conflict.Others, Document);
    }

    private void Operation(Commit commit, Operation operation)
    {
        CommitCodec.WriteDot(_frame, commit.Dot);
        CommitCodec.WriteVarint(_frame, (ulong)commit.Stamp);
        Vector(commit.Seen);
        CommitCodec.WriteOperation(_frame, operation);
    }

    private void Vector(VersionVector vector)
    {
        var isNew = _vectors.TryAdd(vector, _vectors.Count + 1);
        CommitCodec.WriteVarint(_frame, isNew ? 0 : (ulong)_vectors[vector]);
        if (isNew)
            CommitCodec.WriteVector(_frame, vector);
    }

    private void List<T>(IReadOnlyList<T> items, Action<T> write)
    {
        CommitCodec.WriteVarint(_frame, (ulong)items.Count);
        foreach (var item in items)
        {
            write(item);
            if (_frame.WrittenCount > FrameSize)
                EndFrame();
        }
    }

    private void EndFrame()
    {
        _output.Write(LogFrame.End(_frame));
        LogFrame.Start(_frame);
    }
}
