namespace Geode.Backplane.Storage.Vectors.Graph;

/// <summary>Where walks should begin: in the middle of all rows, so that none is far.</summary>
internal static class GraphEntry
{
    private const int ListSize = 64;

    public static int Middle(VectorTable table, QuantizedRows codes)
    {
        // The middle is where a space has its zero.
        var target = new QuantizedTarget(codes.Space.Length);
        target.Set(new float[codes.Space.Length]);
        var walk = new GraphWalk();
        walk.Run(table.Graph, codes, target, ListSize);
        return walk.Rows[0];
    }
}
