using System.Buffers;
using Geode.Backplane.Storage.Log;

namespace Geode.Backplane.Storage.Snapshots;

/// <summary>Reads what <see cref="SnapshotWriter"/> wrote. Frames end between the items of a list only, so items are read across them.</summary>
public sealed class SnapshotReader
{
    private readonly List<VersionVector> _vectors = [];
    private readonly byte[] _data;
    private int _at;

    private SnapshotReader(ReadOnlySpan<byte> frames)
    {
        var payloads = new ArrayBufferWriter<byte>(frames.Length + 1);
        while (!frames.IsEmpty)
        {
            if (!LogFrame.TryRead(frames, out var payload))
                throw new InvalidDataException("The snapshot is damaged.");
            payloads.Write(payload);
            frames = frames[(LogFrame.HeaderLength + payload.Length)..];
        }

        _data = payloads.WrittenSpan.ToArray();
    }

    /// <exception cref="InvalidDataException">Damaged, or cut short.</exception>
    public static Snapshot Read(ReadOnlySpan<byte> frames) => new SnapshotReader(frames).Read();

    private Snapshot Read()
    {
        var snapshot = new Snapshot(
            Next(CommitCodec.ReadVector),
            (long)Next(CommitCodec.ReadVarint),
            Floor: Next(CommitCodec.ReadVector),
            Catalog: List(() => Operation() is var o ? new CatalogEntry(o.Commit, o.Operation) : null!),
            Containers: List(Container),
            Orphans: List(Operation),
            History: List(() => Next(CommitCodec.Read)));
        return Next(CommitCodec.ReadVarint) == 0 && _at == _data.Length ? snapshot : throw new InvalidDataException("The snapshot is cut short.");
    }

    private SavedContainer Container() => new(
        Next(CommitCodec.ReadVarint),
        List(() => new SavedPartition((long)Next(CommitCodec.ReadVarint), List(Document))),
        List(() => ReplicaState.ConflictOf(Next(CommitCodec.ReadOperation))),
        List(() => KeyValuePair.Create(Next(CommitCodec.ReadString), Next(CommitCodec.ReadDot))));

    private Document Document()
    {
        var (commit, operation) = Operation();
        var lsn = (long)Next(CommitCodec.ReadVarint);
        var expiresAt = (long)Next(CommitCodec.ReadVarint);
        var hash = (UInt128)Next(CommitCodec.ReadVarint) << 64 | Next(CommitCodec.ReadVarint);
        ConflictState? conflict = null;
        var flags = Next(CommitCodec.ReadVarint);
        if ((flags & SnapshotWriter.HasConflict) != 0)
        {
            var context = Vector();
            conflict = new ConflictState(List(Document), context);
        }

        return new Document { Commit = commit, Operation = operation, Lsn = lsn, ExpiresAt = expiresAt, HashPrefix = hash, Expired = (flags & SnapshotWriter.HasExpired) != 0, Conflict = conflict };
    }

    // Of the commit's other operations nothing is left: what they wrote has versions of its own.
    private SavedOperation Operation()
    {
        var dot = Next(CommitCodec.ReadDot);
        var stamp = (long)Next(CommitCodec.ReadVarint);
        var seen = Vector();
        var operation = Next(CommitCodec.ReadOperation);
        return new SavedOperation(new Commit(dot, dot.Sequence - 1, stamp, seen, [operation]), operation);
    }

    private VersionVector Vector()
    {
        var number = (int)Next(CommitCodec.ReadVarint);
        if (number > _vectors.Count)
            throw new InvalidDataException("The snapshot names a version vector that it does not hold.");
        if (number > 0)
            return _vectors[number - 1];
        _vectors.Add(Next(CommitCodec.ReadVector));
        return _vectors[^1];
    }

    private T[] List<T>(Func<T> read)
    {
        var count = Next(CommitCodec.ReadVarint);
        if (count > (ulong)(_data.Length - _at))
            throw new InvalidDataException("The snapshot is cut short.");
        var items = new T[count];
        for (var i = 0; i < items.Length; i++)
            items[i] = read();
        return items;
    }

    private delegate T Reader<out T>(ref ReadOnlySpan<byte> input);

    private T Next<T>(Reader<T> read)
    {
        ReadOnlySpan<byte> rest = _data.AsSpan(_at);
        var value = read(ref rest);
        _at = _data.Length - rest.Length;
        return value;
    }
}
