using Geode.Bench.Personal;
using Geode.Personal;

namespace Geode.Bench.Tests.Personal;

public sealed class HeldOutTests
{
    [Fact]
    public void The_last_fifth_of_each_is_held_out_and_nothing_of_it_is_learned()
    {
        Deed[] deeds = [.. Enumerable.Range(0, 10).Select(n => Deed("ada", n)), Deed("bob", 20), Deed("bob", 21), Deed("eve", 30)];
        var heldOut = HeldOut.Of(deeds, null);

        Assert.Equal([.. deeds[..8], deeds[10], deeds[12]], heldOut.Train);
        Assert.Equal(["ada", "bob"], heldOut.Cases.Select(c => c.Visitor));
        Assert.Equal(["i8", "i9"], heldOut.Cases[0].Liked.Order());
        Assert.Equal((0, heldOut.Train[0].At), (heldOut.Known["i9"].Score, heldOut.Known["i9"].At));
        Assert.Equal(5, heldOut.Candidates(heldOut.Cases[0]).Length);
    }

    [Fact]
    public void The_simulator_plants_the_same_world_for_a_seed_and_puts_what_is_held_out_last()
    {
        var (items, deeds) = new TasteSimulator(7).Run();
        var again = new TasteSimulator(7).Run();

        Assert.Equal(deeds, again.Deeds);
        Assert.NotEqual(deeds, new TasteSimulator(8).Run().Deeds);
        Assert.Equal(TasteSimulator.Items, items.Count);
        Assert.All(HeldOut.Of(deeds, items).Cases, c => Assert.True(c.History.Length == 0 || c.History[^1].At <= c.Now));
    }

    private static Deed Deed(string visitor, int n) => new(visitor, $"i{n}", 1, DateTimeOffset.UnixEpoch.AddHours(n));
}
