using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Vectors;
using Geode.Backplane.Storage.Vectors.Graph;
using Geode.Backplane.Storage.Vectors.Search;

namespace Geode.Backplane.Tests.Storage.Vectors.Graph;

/// <summary>Walks of a graph against a look at every vector.</summary>
public sealed class GraphTests
{
    private const int Dimensions = 24;
    private const int Count = 2500;
    private const int ListSize = 60;

    [Theory]
    [InlineData("Cosine", "float32")]
    [InlineData("Cosine", "uint8")]
    [InlineData("DotProduct", "float32")]
    [InlineData("DotProduct", "int8")]
    [InlineData("Euclidean", "float16")]
    [InlineData("Euclidean", "float32")]
    public void Walks_find_the_nearest_also_after_deletions(string function, string dataType)
    {
        var definition = new VectorIndexDefinition("/v", VectorIndexType.DiskAnn, Dimensions, SearchListSize: 60)
        {
            Function = Enum.Parse<DistanceFunction>(function),
            DataType = VectorDataTypes.Parse(dataType)!.Value,
        };
        var vectors = new RandomVectors(3, Dimensions, dataType);
        var table = TableOf(definition, vectors.Next(Count));
        var targets = vectors.Next(40);
        Assert.InRange(Recall(table, definition, targets), 0.95, 1);

        // Half of them die; the copy has the others, and links that lead past the dead.
        for (var row = 0; row < Count; row++)
        {
            if (row % 2 == 0)
                table.Remove(table.Rows.RidOf(row), step: 1);
        }

        Assert.InRange(Recall(table, definition, targets), 0.9, 1);
        var copy = new TableCopy(definition, table);
        Assert.True(copy.Steps().Count() > 1);
        copy.CatchUp();
        Assert.Equal((Count / 2, 0, Count / 2), (copy.Table.Rows.Count, copy.Table.Rows.Dead, copy.Table.Graph.Count));
        Assert.InRange(Recall(copy.Table, definition, targets), 0.95, 1);
    }

    [Fact]
    public void A_calibrated_list_is_as_long_as_it_takes()
    {
        var definition = new VectorIndexDefinition("/v", VectorIndexType.DiskAnn, 4, SearchListSize: 40) { Function = DistanceFunction.Euclidean };
        var table = TableOf(definition, new RandomVectors(5, 4).Next(5000));
        var calibration = new GraphCalibration(table, table.Codes!, definition.Function);
        Assert.True(calibration.Steps().Count() > 1);
        Assert.InRange(calibration.SearchListSize, 20, 200);
        table.SearchListSize = calibration.SearchListSize;
        Assert.InRange(Recall(table, definition, new RandomVectors(6, 4).Next(40)), 0.95, 1);
    }

    [Fact]
    public void Where_there_are_few_rows_walks_are_no_use()
    {
        var definition = new VectorIndexDefinition("/v", VectorIndexType.DiskAnn, Dimensions, SearchListSize: 40) { Function = DistanceFunction.Cosine };
        var table = TableOf(definition, new RandomVectors(5, Dimensions).Next(300));
        var calibration = new GraphCalibration(table, table.Codes!, definition.Function);
        Assert.True(calibration.Steps().Count() > 1);
        Assert.Equal(0, calibration.SearchListSize);
    }

    [Fact]
    public void Vectors_that_are_all_the_same_make_a_graph_too()
    {
        var definition = new VectorIndexDefinition("/v", VectorIndexType.DiskAnn, 3, SearchListSize: 40) { Function = DistanceFunction.Euclidean };
        var table = TableOf(definition, [.. Enumerable.Repeat(new float[] { 1, 2, 3 }, 500)]);
        var walk = new GraphWalk();
        walk.Run(table.Graph, table.Codes!, QuantizedSearch.TargetOf(table.Codes!, Target([1, 2, 3], definition)), 20);
        Assert.Equal(20, walk.Count);
        Assert.Distinct(walk.Rows.ToArray());
    }

    internal static VectorTable TableOf(VectorIndexDefinition definition, float[][] vectors)
    {
        var table = new VectorTable(definition);
        for (var i = 0; i < vectors.Length; i++)
            table.Put(vectors[i], MathF.Sqrt(vectors[i].Sum(x => x * x)), DocumentOf((ulong)i + 1), step: 0);
        var codes = new QuantizedRows(GraphSpace.Of(definition.Function, table.Rows));
        var (vector, placed) = (new float[definition.Dimensions], new float[codes.Space.Length]);
        for (var row = 0; row < vectors.Length; row++)
        {
            codes.Space.Place(table.Rows.Read(row, vector), table.Rows.NormOf(row), placed);
            codes.Add(placed);
        }

        table.Codes = codes;
        var builder = new GraphBuilder(table.Graph, codes, table.Rows, definition.SearchListSize);
        for (var row = 0; row < vectors.Length; row++)
            builder.LinkNext();
        table.Graph.Entry = GraphEntry.Middle(table, codes);
        return table;
    }

    // Of the ten nearest, the part that walks find.
    private static double Recall(VectorTable table, VectorIndexDefinition definition, float[][] targets)
    {
        var view = new VectorView(table, new ItemsApart(1, [], []), _ => null);
        var (walk, found) = (new GraphWalk(), 0);
        foreach (var numbers in targets)
        {
            var target = Target(numbers, definition);
            var nearest = new ScanSearch(view, target).Nearest(10).Items;
            walk.Run(table.Graph, table.Codes!, QuantizedSearch.TargetOf(table.Codes!, target), Math.Max(ListSize, table.SearchListSize));
            var met = CloseLook.At(view, target, walk.Rows, from: table.Rows.Count).Take(10);
            // Others that are just as far are as good.
            found += met.Count(match => match.Least <= nearest[^1].Least);
        }

        return found / 10.0 / targets.Length;
    }

    private static VectorTarget Target(float[] vector, VectorIndexDefinition definition) =>
        VectorTarget.Of(Array.ConvertAll(vector, x => (double)x), definition.Function)!;

    private static Document DocumentOf(ulong rid) => new()
    {
        Commit = null!,
        Operation = new Operation(OperationKind.PutDocument, 1, rid, $"{rid}", "[]", default),
        HashPrefix = 0,
    };
}
