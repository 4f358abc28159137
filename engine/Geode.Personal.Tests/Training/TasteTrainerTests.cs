using Geode.Personal.Training;

namespace Geode.Personal.Tests.Training;

public sealed class TasteTrainerTests
{
    [Fact]
    public void Planted_tastes_are_found_and_the_same_deeds_make_the_same_model()
    {
        var first = TasteTrainer.Train(SmallWorld.Items, SmallWorld.Deeds(), null, new(), CancellationToken.None);
        var again = TasteTrainer.Train([.. SmallWorld.Items.Reverse()], [.. SmallWorld.Deeds().Reverse()], first!.Model, new(), CancellationToken.None);

        Assert.True(first.IsNotWorse);
        Assert.True(first.Quality >= 1.3 * first.Trending, $"{first.Quality} against {first.Trending}");
        Assert.Equal(first.Model.Write(), again!.Model.Write());
        Assert.Equal(first.Quality, again.InForce);
    }

    [Fact]
    public void Too_little_trains_nothing() =>
        Assert.Null(TasteTrainer.Train(SmallWorld.Items, [.. SmallWorld.Deeds().Take(50)], null, new(), CancellationToken.None));

    [Fact]
    public void Cancelled_it_ends() =>
        Assert.ThrowsAny<OperationCanceledException>(() => TasteTrainer.Train(SmallWorld.Items, SmallWorld.Deeds(), null, new(), new(true)));
}
