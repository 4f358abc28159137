namespace Geode.Personal.Tests;

public sealed class ForYouTests
{
    [Theory]
    [InlineData("rust")]
    [InlineData("css")]
    public void Who_likes_a_tag_gets_it_first_and_is_told_so(string tag)
    {
        var ranked = ForYou.Rank(SmallWorld.Model, SmallWorld.Liker(tag), SmallWorld.Items, SmallWorld.Known, SmallWorld.End);

        Assert.Equal(SmallWorld.Items.Count, ranked.Select(r => r.Item.Id).Distinct().Count());
        Assert.All(ranked.Take(8), r => Assert.Equal(tag, Assert.Single(r.Item.Tags)));
        Assert.All(ranked.Take(8), r => Assert.Equal(tag, r.Because));
        Assert.Equal(SmallWorld.Liker(tag).Select(d => d.Item).Order(), ranked.TakeLast(4).Select(r => r.Item.Id).Order());
    }

    [Fact]
    public void Without_a_model_or_a_history_it_is_what_trends_with_variety()
    {
        var without = ForYou.Rank(null, SmallWorld.Liker("rust"), SmallWorld.Items, SmallWorld.Known, SmallWorld.End);
        var newcomer = ForYou.Rank(SmallWorld.Model, [], SmallWorld.Items, SmallWorld.Known, SmallWorld.End);

        Assert.Equal(without, newcomer);
        Assert.Equal(Trending.Order(SmallWorld.Items, SmallWorld.End)[0], newcomer[0].Item);
        Assert.All(newcomer, r => Assert.Null(r.Because));
        for (var i = 0; i < 8; i++)
            Assert.Equal(4, newcomer.Skip(i).Take(4).SelectMany(r => r.Item.Tags).Distinct().Count());
    }
}
