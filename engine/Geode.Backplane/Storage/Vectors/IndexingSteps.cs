using Geode.Backplane.Storage.Vectors.Graph;

namespace Geode.Backplane.Storage.Vectors;

/// <summary>What an index has to do, in steps of at most some milliseconds, the most urgent first. Between the steps of what takes
/// long, items are taken in.</summary>
internal sealed class IndexingSteps(VectorIndexDefinition definition, VectorIndexer indexer)
{
    private const int RowsAtATime = 256;

    // Rows are rounded anew when they are so many times as many as when the space was chosen.
    private const int GrowthOfSpace = 4;

    // The length of lists is found anew after this growth.
    private const double GrowthOfGraph = 1.3;

    // Of so many rows one may be dead.
    private const int OneDeadIn = 5;
    private const int DeadRowsForNothing = 256;

    private GraphBuilder? _builder;
    private int _rowsOfSpace;
    private int _rowsOfCalibration;
    private float _longest;

    /// <summary>Never ends: true after a step, false when there is nothing to do at the moment.</summary>
    public IEnumerable<bool> All()
    {
        while (true)
        {
            if (indexer.TakeIn())
            {
                yield return true;
                continue;
            }

            var work = Next();
            if (work is null)
            {
                yield return false;
                continue;
            }

            foreach (var step in work)
            {
                indexer.TakeIn();
                yield return step;
            }
        }
    }

    private IEnumerable<bool>? Next()
    {
        var table = indexer.Table;
        if (table.Rows.Dead > DeadRowsForNothing && table.Rows.Dead > table.Rows.Count / OneDeadIn)
            return CopyWithoutDead();
        if (definition.Type == VectorIndexType.Flat || (table.Codes is null && table.Rows.Live < VectorIndexer.LeastVectors))
            return null;
        if (table.Codes is not { } codes || table.Rows.Count > (long)_rowsOfSpace * GrowthOfSpace || _longest > codes.Space.Radius)
            return ChooseSpace();
        if (codes.Count < table.Rows.Count)
            return Quantize(codes);
        if (definition.Type != VectorIndexType.DiskAnn)
            return null;
        if (table.Graph.Count < codes.Count)
            return Link(codes);
        return table.Graph.Count > _rowsOfCalibration * GrowthOfGraph ? Calibrate(codes) : null;
    }

    private IEnumerable<bool> Quantize(QuantizedRows codes)
    {
        var rows = indexer.Table.Rows;
        var (vector, placed) = (new float[rows.Dimensions], new float[codes.Space.Length]);
        for (var end = Math.Min(rows.Count, codes.Count + RowsAtATime); codes.Count < end;)
        {
            var (row, norm) = (codes.Count, rows.NormOf(codes.Count));
            _longest = Math.Max(_longest, norm);
            codes.Space.Place(rows.Read(row, vector), norm, placed);
            codes.Add(placed);
        }

        yield return true;
    }

    // The graph stays: who is near to whom does not change with how it is rounded.
    private IEnumerable<bool> ChooseSpace()
    {
        var table = indexer.Table;
        var codes = new QuantizedRows(GraphSpace.Of(definition.Function, table.Rows));
        (_rowsOfSpace, _longest) = (table.Rows.Count, 0);
        while (codes.Count < table.Rows.Count)
        {
            foreach (var step in Quantize(codes))
                yield return step;
        }

        (table.Codes, _builder) = (codes, null);
    }

    private IEnumerable<bool> Link(QuantizedRows codes)
    {
        var table = indexer.Table;
        _builder ??= new GraphBuilder(table.Graph, codes, table.Rows, definition.SearchListSize);
        while (table.Graph.Count < codes.Count)
        {
            _builder.LinkNext();
            // What was found out for a much smaller graph does not hold for this one.
            if (table.Graph.Count > _rowsOfCalibration * GrowthOfGraph)
                table.SearchListSize = 0;
            yield return true;
        }
    }

    private IEnumerable<bool> Calibrate(QuantizedRows codes)
    {
        var table = indexer.Table;
        _rowsOfCalibration = table.Graph.Count;
        table.Graph.Entry = GraphEntry.Middle(table, codes);
        var calibration = new GraphCalibration(table, codes, definition.Function);
        foreach (var step in calibration.Steps())
            yield return step;
        table.SearchListSize = calibration.SearchListSize;
    }

    private IEnumerable<bool> CopyWithoutDead()
    {
        var copy = new TableCopy(definition, indexer.Table);
        foreach (var step in copy.Steps())
            yield return step;
        // Nothing is taken in between the last step of a copy and this.
        copy.CatchUp();
        indexer.Replace(copy.Table);
        (_builder, _rowsOfSpace, _longest, _rowsOfCalibration) = (null, copy.Table.Rows.Count, 0, 0);
    }
}
