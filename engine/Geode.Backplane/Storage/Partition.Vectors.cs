using Geode.Backplane.Storage.Vectors;

namespace Geode.Backplane.Storage;

/// <content>Vector indexes over the live items.</content>
public sealed partial class Partition
{
    /// <summary>Indexes over the live items' vectors; null where the container declares none.</summary>
    public VectorIndexes? Vectors { get; private set; }

    /// <summary>The item of that number; null when there is none or it is gone.</summary>
    internal Document? FindLive(ulong rid)
    {
        _gate.EnterReadLock();
        try
        {
            return _byRid.TryGet(rid, out var slot) ? slot.Current : null;
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <summary>Has these vector indexes from now on. They take in the items in the background.</summary>
    internal void Declare(IReadOnlyList<VectorIndexDefinition> definitions)
    {
        _gate.EnterWriteLock();
        try
        {
            var former = Vectors;
            Vectors = definitions.Count == 0 ? null : new VectorIndexes(definitions, former, _gate, CopyAfter, FindLive);
            former?.StopBut(Vectors);
            Vectors?.Start();
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }
}
