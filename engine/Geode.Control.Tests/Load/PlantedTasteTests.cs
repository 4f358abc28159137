using Geode.Control.Load;
using Geode.Topology;

namespace Geode.Control.Tests.Load;

public sealed class PlantedTasteTests
{
    [Fact]
    public void Every_client_likes_two_of_the_topics_and_always_the_same()
    {
        foreach (var city in Places.All.Where(place => place.Number > 0))
        {
            foreach (var number in Enumerable.Range(0, 100))
            {
                var taste = PlantedTaste.Of(city, number);
                Assert.Equal(2, taste.Liked.Distinct().Count());
                Assert.All(taste.Liked, topic => Assert.Contains(topic, PlantedTaste.Topics));
                Assert.Equal(taste.Liked, PlantedTaste.Of(city, number).Liked);
            }
        }
    }

    [Fact]
    public void Neighbours_differ_and_no_topic_is_without_friends()
    {
        var city = Places.Find("amsterdam")!;
        Assert.NotEqual(PlantedTaste.Of(city, 0).Liked, PlantedTaste.Of(city, 1).Liked);

        var liked = Enumerable.Range(0, 28).SelectMany(number => PlantedTaste.Of(city, number).Liked).CountBy(topic => topic).ToDictionary();
        Assert.Equal(PlantedTaste.Topics.Order(), liked.Keys.Order());
        Assert.All(liked.Values, friends => Assert.Equal(7, friends));
    }

    [Fact]
    public void It_likes_what_bears_one_of_its_topics()
    {
        var taste = PlantedTaste.Of(Places.Find("tokyo")!, 3);
        Assert.True(taste.Likes(["simulated", taste.Liked[1]]));
        Assert.False(taste.Likes(["simulated", .. PlantedTaste.Topics.Except(taste.Liked)]));
        Assert.False(taste.Likes([]));
    }
}
