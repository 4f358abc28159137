namespace Geode.Personal.Learned;

/// <summary>For each of some things a few others with a weight, in rows one after the other.</summary>
/// <param name="Starts">Where a thing's row starts, and at last the number of all entries.</param>
/// <param name="Targets">The others' indices.</param>
/// <param name="Weights">As many.</param>
internal sealed record NeighbourTable(int[] Starts, int[] Targets, float[] Weights)
{
    public static NeighbourTable Empty(int rows) => new(new int[rows + 1], [], []);

    public int Rows => Starts.Length - 1;

    public ReadOnlySpan<int> TargetsOf(int row) => Targets.AsSpan(Starts[row]..Starts[row + 1]);

    public ReadOnlySpan<float> WeightsOf(int row) => Weights.AsSpan(Starts[row]..Starts[row + 1]);

    /// <summary>From entries in any order; sorted, so that the same entries make the same table, and weights with the 11 bits that are written.</summary>
    public static NeighbourTable Of(int rows, IEnumerable<(int Row, int Target, float Weight)> entries)
    {
        var sorted = entries.OrderBy(e => e.Row).ThenBy(e => e.Target).ToArray();
        var starts = new int[rows + 1];
        foreach (var (row, _, _) in sorted) starts[row + 1]++;
        for (var row = 0; row < rows; row++) starts[row + 1] += starts[row];
        return new(starts, Array.ConvertAll(sorted, e => e.Target), Array.ConvertAll(sorted, e => (float)(Half)e.Weight));
    }
}
