using System.Collections.Concurrent;
using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Storage.Vectors.Graph;

namespace Geode.Backplane.Storage.Vectors;

/// <summary>The vectors of an index and what finds them. When too many of its rows are dead another takes its place; searches that run
/// go on with the one they have.</summary>
internal sealed class VectorTable(VectorIndexDefinition definition)
{
    // A walk's working memory is kept for the next one, but not for more than run at a time.
    private static readonly int MostWalks = Environment.ProcessorCount * 2;

    private readonly Dictionary<ulong, int> _places = [];
    private readonly ConcurrentBag<GraphWalk> _walks = [];
    private volatile QuantizedRows? _codes;
    private volatile int _searchListSize;

    public VectorRows Rows { get; } = new(definition.Dimensions, definition.DataType);

    /// <summary>Null while there are too few vectors to tell how to round them.</summary>
    public QuantizedRows? Codes
    {
        get => _codes;
        set => _codes = value;
    }

    public NeighborGraph Graph { get; } = new();

    /// <summary>How many candidates a walk has to keep in mind to find what it is to find; 0 while it is not known or where a walk
    /// is slower than to look at every vector.</summary>
    public int SearchListSize
    {
        get => _searchListSize;
        set => _searchListSize = value;
    }

    /// <summary>Adds or replaces an item's row; the old one is dead from that step on.</summary>
    public void Put(ReadOnlySpan<float> vector, float norm, Document document, long step)
    {
        Remove(document.Rid, step);
        var row = Rows.Add(vector, norm, document);
        lock (_places)
            _places[document.Rid] = row;
    }

    public void Remove(ulong rid, long step)
    {
        int row;
        lock (_places)
        {
            if (!_places.Remove(rid, out row))
                return;
        }

        Rows.Kill(row, step);
    }

    /// <summary>The row of an item; -1 when it has none.</summary>
    public int RowOf(ulong rid)
    {
        lock (_places)
            return _places.GetValueOrDefault(rid, -1);
    }

    /// <summary>The rows of items, -1 for those that have none.</summary>
    public void RowsOf(ReadOnlySpan<IDocument> documents, Span<int> rows)
    {
        lock (_places)
        {
            for (var i = 0; i < documents.Length; i++)
                rows[i] = _places.GetValueOrDefault(documents[i].Rid, -1);
        }
    }

    public GraphWalk RentWalk() => _walks.TryTake(out var walk) ? walk : new GraphWalk();

    public void Return(GraphWalk walk)
    {
        if (_walks.Count < MostWalks)
            _walks.Add(walk);
    }
}
