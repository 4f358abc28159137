using Geode.Backplane.Accounts;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Backplane.Tests.Accounts;

/// <summary>Announce, switch, narrow: who takes writes and who is listed at each moment of a fail-over.</summary>
public sealed class WriteOrderTests
{
    private static readonly BackplaneSettings Settings = new() { FailoverSwitchMs = 6_000, FailoverNarrowMs = 16_000 };
    private static readonly Planet Three = PlanetLoader.Parse("""{"regions": ["westeurope", "eastus", "japaneast"]}""", "test");

    [Theory]
    [InlineData(0, true, "eastus westeurope")]
    [InlineData(5_999, true, "eastus westeurope")]
    [InlineData(6_000, false, "eastus westeurope")]
    [InlineData(15_999, false, "eastus westeurope")]
    [InlineData(16_000, false, "eastus")]
    public void The_old_writer_takes_writes_until_the_switch_and_is_listed_until_the_list_narrows(long afterMs, bool oldTakes, string listed)
    {
        var order = WriteOrder.Of(Three).Promoting("eastus", 1_000);
        Assert.True(order.Takes("eastus", Settings, 1_000 + afterMs));
        Assert.Equal(oldTakes, order.Takes("westeurope", Settings, 1_000 + afterMs));
        Assert.False(order.Takes("japaneast", Settings, 1_000 + afterMs));
        Assert.Equal(listed, string.Join(' ', order.Listed(Settings, 1_000 + afterMs)));
    }

    [Fact]
    public void The_others_keep_their_order_and_the_old_writer_is_the_next()
    {
        var order = WriteOrder.Of(Three).Promoting("japaneast", 0);
        Assert.Equal(["japaneast", "westeurope", "eastus"], order.Priorities);
        Assert.Equal(1, order.Term);
    }

    [Fact]
    public void New_regions_come_last_and_those_that_are_gone_are_left_out()
    {
        var planet = Three.Adding("uksouth").Removing("westeurope");
        Assert.Equal(["japaneast", "eastus", "uksouth"], WriteOrder.Of(Three).Promoting("japaneast", 0).Within(planet).Priorities);
        // Nobody lists what is gone, even within the time in which it would be.
        Assert.Equal(["japaneast"], WriteOrder.Of(Three).Promoting("japaneast", 0).Within(planet).Listed(Settings, 0));
    }

    [Fact]
    public void A_later_term_counts_whoever_says_so_and_is_known_again_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        var known = new WriteRegion(Three, folder.Path, TimeProvider.System);
        known.Hear(WriteOrder.Of(Three).Promoting("eastus", 5).Promoting("japaneast", 6), Three);
        known.Hear(WriteOrder.Of(Three).Promoting("eastus", 7), Three);
        Assert.Equal("japaneast", known.Order.Writer);
        Assert.Equal(known.Order.Priorities, new WriteRegion(Three, folder.Path, TimeProvider.System).Order.Priorities);
        Assert.Equal(2, new WriteRegion(Three, folder.Path, TimeProvider.System).Order.Term);
    }

    [Theory]
    [InlineData("eastus", "japaneast")]
    [InlineData("japaneast", "eastus")]
    public void Two_that_each_took_over_agree_whoever_hears_of_the_other_first(string one, string other)
    {
        var (here, there) = (new WriteRegion(Three, null, TimeProvider.System), new WriteRegion(Three, null, TimeProvider.System));
        here.TakeOver(one, Settings);
        there.TakeOver(other, Settings);
        Assert.Equal(here.Order.Term, there.Order.Term);

        here.Hear(there.Order, Three);
        there.Hear(here.Order, Three);

        Assert.Equal(("eastus", "eastus"), (here.Order.Writer, there.Order.Writer));
        Assert.Equal(here.Order.Priorities, there.Order.Priorities);
        // A third one that has heard of both, in either order.
        var third = new WriteRegion(Three, null, TimeProvider.System);
        third.Hear(WriteOrder.Of(Three).Promoting(one, 1), Three);
        third.Hear(WriteOrder.Of(Three).Promoting(other, 1), Three);
        Assert.Equal("eastus", third.Order.Writer);
    }

    [Fact]
    public void What_cannot_be_read_is_said_where_it_lies()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "failover.json"), "{}");
        var error = Assert.Throws<PlanetException>(() => new WriteRegion(Three, folder.Path, TimeProvider.System));
        Assert.Contains("failover.json", error.Message, StringComparison.Ordinal);
    }
}
