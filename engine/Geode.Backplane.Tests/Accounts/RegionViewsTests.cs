using Geode.Backplane.Accounts;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Backplane.Tests.Accounts;

public sealed class RegionViewsTests
{
    private static readonly TimeSpan OfflineAfter = TimeSpan.FromSeconds(10);
    private static readonly RegionNews Here = new(true, null);
    private static readonly Region East = PlanetLoader.Parse("""{"regions": ["eastus"]}""", "test").Regions[0];

    private readonly ManualTime _time = new();
    private readonly RegionViews _views;

    public RegionViewsTests() => _views = new(_time);

    [Fact]
    public void A_region_that_is_silent_for_long_enough_leaves_and_comes_back_with_its_next_word()
    {
        Assert.True(_views.IsListed(East));
        Ask(Here);
        Ask(null, 4);
        Ask(null, 4);
        Assert.True(_views.IsListed(East));
        Ask(null, 4);
        Assert.False(_views.IsListed(East));
        Ask(Here);
        Assert.True(_views.IsListed(East));
    }

    [Fact]
    public void One_that_says_it_is_gone_is_gone_also_while_it_is_silent()
    {
        Ask(Here with { IsListed = false });
        Assert.False(_views.IsListed(East));
        Ask(null, 1);
        Assert.False(_views.IsListed(East));
    }

    [Fact]
    public void A_pause_of_the_own_process_is_no_silence_of_the_other()
    {
        Ask(Here);
        Ask(null, 3_600);
        Assert.True(_views.IsListed(East));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1)]
    public void One_lost_question_is_no_silence_however_short_a_silence_may_be(int offlineAfterSeconds)
    {
        var offlineAfter = TimeSpan.FromSeconds(offlineAfterSeconds);
        _views.Heard(East, Here, offlineAfter);
        for (var question = 1; question <= 3; question++)
        {
            Assert.True(_views.IsListed(East), $"after {question - 1} questions");
            _time.Advance(TimeSpan.FromSeconds(30));
            _views.Heard(East, null, offlineAfter);
        }

        Assert.Equal(offlineAfterSeconds > 10, _views.IsListed(East));
    }

    [Fact]
    public void With_a_limit_of_zero_nobody_leaves()
    {
        for (var i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(4));
            _views.Heard(East, null, TimeSpan.Zero);
        }

        Assert.True(_views.IsListed(East));
    }

    private void Ask(RegionNews? news, int secondsLater = 0)
    {
        _time.Advance(TimeSpan.FromSeconds(secondsLater));
        _views.Heard(East, news, OfflineAfter);
    }
}
