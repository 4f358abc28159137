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
    public void What_nobody_could_judge_takes_over_from_nothing()
    {
        // Whoever looks and never likes judges nothing.
        var looked = SmallWorld.Deeds().Select(d => d with { Value = Deed.View });
        var trained = TasteTrainer.Train(SmallWorld.Items, [.. looked], null, new(), CancellationToken.None);

        Assert.Equal(0, trained!.Judged);
        Assert.False(trained.IsNotWorse);
    }

    [Fact]
    public void A_tag_that_all_items_bear_is_no_reason()
    {
        var items = SmallWorld.Items.Select(i => i with { Tags = [.. i.Tags, "everything"] }).ToList();
        var trained = TasteTrainer.Train(items, SmallWorld.Deeds(), null, new(), CancellationToken.None)!;
        var history = SmallWorld.Deeds().GroupBy(d => d.Visitor).First().ToList();
        var ranked = ForYou.Rank(trained.Model, history, items, items.ToDictionary(i => i.Id), history.Max(d => d.At).AddDays(1));

        Assert.DoesNotContain("everything", ranked.Select(r => r.Because));
        Assert.Contains(ranked, r => r.Because is not null);
    }

    [Fact]
    public void Too_little_trains_nothing() =>
        Assert.Null(TasteTrainer.Train(SmallWorld.Items, [.. SmallWorld.Deeds().Take(50)], null, new(), CancellationToken.None));

    [Fact]
    public void Cancelled_it_ends() =>
        Assert.ThrowsAny<OperationCanceledException>(() => TasteTrainer.Train(SmallWorld.Items, SmallWorld.Deeds(), null, new(), new(true)));
}
