using System.Numerics;
using Geode.Personal.Learned;

namespace Geode.Personal.Training.Learning;

/// <summary>The linear model that best tells each item of a history from all others of it, in closed form: B = I − P / diag(P), where P is the
/// inverse of XᵀX + λI (Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", 2019). Made for the most popular items, and of each column
/// only the largest weights are kept.</summary>
internal static class ImpliedItems
{
    /// <summary>Its time grows with the cube of this, its memory with the square: 16 bytes each.</summary>
    public const int MaxItems = 2_000;

    private const int FewestVisitors = 3;
    private const int Kept = 80;

    /// <summary>The penalty λ, in visitors of the mean item.</summary>
    private const double PenaltyShare = 3;

    public static NeighbourTable Learn(ItemMatrix matrix, CancellationToken cancellation)
    {
        int[] dense =
        [
            .. Enumerable.Range(0, matrix.Items.Length)
                .Where(i => matrix.Items[i].Length >= FewestVisitors)
                .OrderByDescending(i => matrix.Items[i].Length).ThenBy(i => i)
                .Take(MaxItems),
        ];
        if (dense.Length < 2) return NeighbourTable.Empty(matrix.Items.Length);
        var inverse = Inverse(Regularized(matrix, dense, cancellation), cancellation);
        return NeighbourTable.Of(matrix.Items.Length, Largest(inverse, dense));
    }

    private static double[][] Regularized(ItemMatrix matrix, int[] dense, CancellationToken cancellation)
    {
        var all = new double[matrix.Items.Length];
        var gram = new double[dense.Length][];
        for (var i = 0; i < dense.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            matrix.Gram(dense[i], all);
            gram[i] = Array.ConvertAll(dense, d => all[d]);
        }

        var penalty = Penalty(gram);
        for (var i = 0; i < dense.Length; i++) gram[i][i] += penalty;
        return gram;
    }

    private static double Penalty(double[][] gram) => PenaltyShare * gram.Select((row, i) => row[i]).Average();

    private static IEnumerable<(int Row, int Target, float Weight)> Largest(double[][] inverse, int[] dense)
    {
        for (var target = 0; target < dense.Length; target++)
        {
            var scale = -1 / inverse[target][target];
            var column = Enumerable.Range(0, dense.Length).Where(i => i != target)
                .Select(i => (Source: i, Weight: (float)(inverse[Math.Max(i, target)][Math.Min(i, target)] * scale)))
                .OrderByDescending(e => Math.Abs(e.Weight)).ThenBy(e => e.Source)
                .Take(Kept);
            foreach (var (source, weight) in column) yield return (dense[source], dense[target], weight);
        }
    }

    /// <summary>The lower triangle of a positive definite matrix's inverse, by Cholesky's decomposition.</summary>
    internal static double[][] Inverse(double[][] matrix, CancellationToken cancellation)
    {
        var size = matrix.Length;
        var lower = new double[size][];
        for (var i = 0; i < size; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            lower[i] = new double[i + 1];
            for (var j = 0; j < i; j++)
                lower[i][j] = (matrix[i][j] - Dot(lower[i].AsSpan(0, j), lower[j].AsSpan(0, j))) / lower[j][j];
            lower[i][i] = Math.Sqrt(matrix[i][i] - Dot(lower[i].AsSpan(0, i), lower[i].AsSpan(0, i)));
        }

        // Columns of the lower triangle's inverse, each from its diagonal on.
        var columns = new double[size][];
        for (var c = 0; c < size; c++)
        {
            cancellation.ThrowIfCancellationRequested();
            var column = columns[c] = new double[size - c];
            column[0] = 1 / lower[c][c];
            for (var k = c + 1; k < size; k++)
                column[k - c] = -Dot(lower[k].AsSpan(c, k - c), column.AsSpan(0, k - c)) / lower[k][k];
        }

        var inverse = new double[size][];
        for (var i = 0; i < size; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            inverse[i] = new double[i + 1];
            for (var j = 0; j <= i; j++) inverse[i][j] = Dot(columns[i], columns[j].AsSpan(i - j));
        }

        return inverse;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (sum, at) = (Vector<double>.Zero, 0);
        for (; at <= a.Length - Vector<double>.Count; at += Vector<double>.Count) sum += new Vector<double>(a[at..]) * new Vector<double>(b[at..]);
        var dot = Vector.Sum(sum);
        for (; at < a.Length; at++) dot += a[at] * b[at];
        return dot;
    }
}
