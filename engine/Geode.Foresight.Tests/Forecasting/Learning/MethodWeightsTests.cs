using Geode.Foresight.Forecasting.Learning;

namespace Geode.Foresight.Tests.Forecasting.Learning;

public sealed class MethodWeightsTests
{
    [Fact]
    public void Before_any_error_all_weigh_the_same() => Assert.Equal([0.25, 0.25, 0.25, 0.25], new MethodWeights(4, 100).Current.ToArray());

    [Fact]
    public void Equals_share_and_a_clearly_worse_one_gets_nothing()
    {
        var weights = new MethodWeights(3, 100);
        for (var i = 0; i < 50; i++)
            weights.Learn([9, 11, 15], 10, 1);
        Assert.Equal(0.5, weights.Current[0], 6);
        Assert.Equal(0.5, weights.Current[1], 6);
        Assert.InRange(weights.Current[2], 0, 1e-9);
    }

    [Fact]
    public void Recent_errors_decide()
    {
        var weights = new MethodWeights(2, 100);
        for (var i = 0; i < 1000; i++)
            weights.Learn([10, 11], 10, 1);
        Assert.True(weights.Current[0] > 0.99);
        for (var i = 0; i < 400; i++)
            weights.Learn([11, 10], 10, 1);
        Assert.True(weights.Current[1] > 0.99);
    }

    [Fact]
    public void They_add_up_to_one_even_where_one_is_never_wrong()
    {
        var weights = new MethodWeights(3, 100);
        weights.Learn([10, 10, 11], 10, 1);
        Assert.Equal(1, weights.Current.ToArray().Sum(), 9);
        Assert.Equal(0.5, weights.Current[0], 6);
    }
}
