using Geode.Personal.Learned;
using Geode.Personal.Scoring;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Geode.Personal.Training.Learning;

/// <summary>Learns to rank by gradient-boosted trees: LambdaMART (Burges, "From RankNet to LambdaRank to LambdaMART", 2010) as ML.NET's FastTree has it.</summary>
internal static class TreeLearner
{
    public static TreeEnsemble Learn(IReadOnlyList<Example> examples, int seed, CancellationToken cancellation)
    {
        if (examples.Count == 0) return new([], [], []);
        return Export(Fit(new MLContext(seed), examples, seed, cancellation).Transformer.Model.TrainedTreeEnsemble);
    }

    /// <summary>With the data that it was learned from, as ML.NET sees it.</summary>
    internal static (RankingPredictionTransformer<FastTreeRankingModelParameters> Transformer, IDataView Data) Fit(
        MLContext context, IReadOnlyList<Example> examples, int seed, CancellationToken cancellation)
    {
        context.Log += (_, _) => cancellation.ThrowIfCancellationRequested();
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, FeatureRows.Width);
        schema[nameof(Example.Group)].ColumnType = new KeyDataViewType(typeof(uint), int.MaxValue);
        var data = context.Data.LoadFromEnumerable(examples, schema);
        var trainer = context.Ranking.Trainers.FastTree(new FastTreeRankingTrainer.Options
        {
            LabelColumnName = nameof(Example.Label),
            FeatureColumnName = nameof(Example.Features),
            RowGroupColumnName = nameof(Example.Group),
            NumberOfTrees = 60,
            NumberOfLeaves = 8,
            MinimumExampleCountPerLeaf = Math.Clamp(examples.Count / 500, 5, 100),
            LearningRate = 0.1,
            NumberOfThreads = 1,
            Seed = seed,
            FeatureSelectionSeed = seed,
            NdcgTruncationLevel = RankingQuality.Depth,
            CustomGains = [0, 1, 4, 4, 4],
        });
        try
        {
            return (trainer.Fit(data), data);
        }
        catch (Exception e) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("The training was cancelled.", e, cancellation);
        }
    }

    internal static TreeEnsemble Export(RegressionTreeEnsemble ensemble)
    {
        var (roots, nodes, leaves) = (new List<int>(), new List<TreeNode>(), new List<float>());
        for (var t = 0; t < ensemble.Trees.Count; t++)
        {
            var tree = ensemble.Trees[t];
            var (firstNode, firstLeaf) = (nodes.Count, leaves.Count);
            roots.Add(tree.NumberOfNodes == 0 ? ~firstLeaf : firstNode);
            for (var n = 0; n < tree.NumberOfNodes; n++)
                nodes.Add(new(tree.NumericalSplitFeatureIndexes[n], tree.NumericalSplitThresholds[n], Child(tree.LeftChild[n]), Child(tree.RightChild[n])));
            leaves.AddRange(tree.LeafValues.Select(v => (float)(v * ensemble.TreeWeights[t])));

            int Child(int child) => child >= 0 ? firstNode + child : ~(firstLeaf + ~child);
        }

        return new([.. roots], [.. nodes], [.. leaves]);
    }
}
