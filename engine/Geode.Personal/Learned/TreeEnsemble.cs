namespace Geode.Personal.Learned;

/// <summary>Regression trees whose values are added up. A node asks whether a feature is at most a threshold; where it leads is another node, or the
/// complement (~) of a leaf's index. Nodes of a tree lead only to later ones, so no walk is endless.</summary>
/// <param name="Roots">Each tree's first node or, as a complement, its only leaf.</param>
/// <param name="Nodes">Of all trees.</param>
/// <param name="Leaves">Values of all leaves.</param>
internal sealed record TreeEnsemble(int[] Roots, TreeNode[] Nodes, float[] Leaves)
{
    /// <summary>Adds to each row's score what the trees make of it.</summary>
    /// <param name="rows">Features, row by row.</param>
    /// <param name="width">Features of a row.</param>
    public void AddTo(ReadOnlySpan<float> rows, int width, Span<float> scores)
    {
        var nodes = Nodes.AsSpan();
        foreach (var root in Roots)
        {
            for (var row = 0; row < scores.Length; row++)
            {
                var features = rows.Slice(row * width, width);
                var at = root;
                while (at >= 0)
                {
                    ref readonly var node = ref nodes[at];
                    at = features[node.Feature] <= node.Threshold ? node.AtMost : node.Above;
                }

                scores[row] += Leaves[~at];
            }
        }
    }
}

/// <param name="Feature">Index of the feature that is asked for.</param>
/// <param name="Threshold">Up to here it goes to <paramref name="AtMost"/>.</param>
internal readonly record struct TreeNode(int Feature, float Threshold, int AtMost, int Above);
