using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Storage.Vectors.Graph;

namespace Geode.Backplane.Storage.Vectors.Search;

/// <summary>Walks the graph and looks closely at what it finds. Asked for so many that a walk is no use, it looks at every vector.</summary>
internal sealed class GraphSearch(VectorView view, VectorTarget target, QuantizedRows codes, VectorSearchOptions options) : NeighborSearch
{
    // The list that finds ten is so many times too short for ten times as many, roughly.
    private const int Calibrated = GraphCalibration.Wanted;

    // A distance measured along a walk takes about so many times as long as one in a row.
    private const long CostOfWalk = 4;

    private readonly QuantizedTarget _target = QuantizedSearch.TargetOf(codes, target);
    private ScanSearch? _scan;

    public override IReadOnlyList<IDocument> Apart => view.Apart.Documents;

    public override VectorMatches Nearest(int count)
    {
        var size = SizeFor(count);
        if (_scan is not null || size * CostOfWalk * NeighborGraph.Degree / 2 > view.Table.Rows.Count)
            return (_scan ??= new ScanSearch(view, target)).Nearest(count);
        var walk = view.Table.RentWalk();
        try
        {
            // Rows linked after this, or rounded otherwise, are looked at one by one.
            var linked = Math.Min(view.Table.Graph.Count, codes.Count);
            walk.Run(view.Table.Graph, codes, _target, (int)size);
            return new VectorMatches(CloseLook.At(view, target, walk.Rows, linked), float.PositiveInfinity, HasMore: true);
        }
        finally
        {
            view.Table.Return(walk);
        }
    }

    private long SizeFor(int count)
    {
        if (options.SearchListMultiplier is { } multiplier)
            return Math.Max(count, (long)count * multiplier);
        var list = view.Table.SearchListSize;
        return Math.Max(list, (long)(list * Math.Sqrt((double)count / Calibrated)) + count);
    }
}
