using System.Diagnostics;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Storage.Vectors;

/// <summary>
/// Takes items into an index, in turns in the background: first their vectors, which is quick and after which searches look at them
/// as numbers, then their coarse form and their links. All that changes the index is done here, by one thread at a time.
/// </summary>
internal sealed class VectorIndexer(VectorIndexDefinition definition, VectorBacklog backlog) : IBackgroundWork
{
    /// <summary>Below this many vectors it is quicker to look at all of them; Azure indexes none below it.</summary>
    public const int LeastVectors = 1000;

    private const int ItemsAtATime = 64;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(5);

    private readonly ItemVector _reader = new(definition);
    private readonly IDocument[] _items = new IDocument[ItemsAtATime];
    private readonly List<Document> _extreme = [];
    private volatile VectorTable _table = new(definition);
    private IEnumerator<bool>? _work;

    // Made with the first item: a container may declare many indexes and have many ranges.
    private float[]? _vector;
    private float[]? _scratch;
    private float _norm;
    private long _step;
    private int _signals;
    private volatile bool _stopped;

    public VectorTable Table => _table;

    /// <summary>Counts what has been taken in: a row that died at a step was its item's until then.</summary>
    public long Step => Volatile.Read(ref _step);

    /// <summary>Vectors that the coarse form or the graph does not have yet though they are enough for one.</summary>
    public int Unlinked => _table is var table && (definition.Type == VectorIndexType.Flat || (table.Codes is null && table.Rows.Live < LeastVectors))
        ? 0
        : table.Rows.Count - (definition.Type == VectorIndexType.DiskAnn ? table.Graph.Count : table.Codes?.Count ?? 0);

    /// <summary>Nothing is being done, and nothing waits to be.</summary>
    public bool IsIdle => Volatile.Read(ref _signals) == 0;

    /// <summary>There is something to take in.</summary>
    public void Wake()
    {
        if (Interlocked.Increment(ref _signals) == 1 && !_stopped)
            BackgroundTurns.Shared.Add(this);
    }

    public void Stop() => _stopped = true;

    bool IBackgroundWork.TakeTurn()
    {
        if (_stopped)
            return false;
        _work ??= new IndexingSteps(definition, this).All().GetEnumerator();
        var began = Stopwatch.GetTimestamp();
        do
        {
            var seen = Volatile.Read(ref _signals);
            _work.MoveNext();
            if (!_work.Current && Interlocked.CompareExchange(ref _signals, 0, seen) == seen)
                return false;
        }
        while (!_stopped && Stopwatch.GetElapsedTime(began) < Turn);

        return true;
    }

    /// <summary>Takes in some of what waits.</summary>
    /// <returns>False when nothing waits.</returns>
    internal bool TakeIn()
    {
        _extreme.Clear();
        if (!backlog.HasAll)
        {
            var count = backlog.TakeNext(_items);
            Volatile.Write(ref _step, _step + 1);
            foreach (var item in _items.AsSpan(0, count))
                TakeIn(item.Rid, (Document)item);
            backlog.Settle([], _extreme);
            return true;
        }

        var changes = backlog.Changes(ItemsAtATime);
        if (changes.Length == 0)
            return false;
        Volatile.Write(ref _step, _step + 1);
        foreach (var (rid, document) in changes)
            TakeIn(rid, document);
        backlog.Settle(changes, _extreme);
        return true;
    }

    /// <summary>Puts a table in the place of the one there is, whose live rows it has.</summary>
    internal void Replace(VectorTable table) => _table = table;

    private void TakeIn(ulong rid, Document? document)
    {
        _vector ??= new float[definition.Dimensions];
        _scratch ??= new float[definition.Dimensions];
        var kind = document is null ? ItemVector.Kind.None : _reader.Read(document, _vector, out _norm);
        if (kind == ItemVector.Kind.Extreme)
            _extreme.Add(document!);
        if (kind != ItemVector.Kind.Fits)
        {
            _table.Remove(rid, _step);
            return;
        }

        // Most changes of an item are not of its vector.
        if (_table.RowOf(rid) is >= 0 and var row && _table.Rows.Read(row, _scratch).SequenceEqual(_vector))
            _table.Rows.Renew(row, document!);
        else
            _table.Put(_vector, _norm, document!, _step);
    }
}
