using Geode.Personal.Scoring;
using Geode.Personal.Training.Learning;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Geode.Personal.Tests.Training;

public sealed class TreeLearnerTests
{
    [Fact]
    public void Exported_trees_score_as_those_of_the_library()
    {
        var random = new Random(3);
        Example[] examples = [.. Enumerable.Range(0, 600).Select(n => Example((uint)(n / 30 + 1), random))];
        var context = new MLContext(1);
        var (transformer, data) = TreeLearner.Fit(context, examples, 1, CancellationToken.None);
        var theirs = transformer.Transform(data).GetColumn<float>("Score").ToArray();

        var ours = new float[examples.Length];
        TreeLearner.Export(transformer.Model.TrainedTreeEnsemble).AddTo(examples.SelectMany(e => e.Features).ToArray(), FeatureRows.Width, ours);

        Assert.True(theirs.Distinct().Count() > 10);
        Assert.All(theirs.Zip(ours), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    private static Example Example(uint group, Random random)
    {
        float[] features = [.. Enumerable.Range(0, FeatureRows.Width).Select(_ => random.NextSingle())];
        return new() { Group = group, Features = features, Label = features[0] + features[5] > 1.4f ? 2 : 0 };
    }
}
