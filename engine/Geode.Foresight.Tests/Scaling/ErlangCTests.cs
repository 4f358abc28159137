using Geode.Foresight.Scaling;

namespace Geode.Foresight.Tests.Scaling;

public sealed class ErlangCTests
{
    /// <summary>One server: the share that waits is its utilisation. Two and three: the closed forms.</summary>
    [Fact]
    public void Agrees_with_the_closed_forms()
    {
        for (var load = 0.05; load < 1; load += 0.05)
        {
            Assert.Equal(load, ErlangC.WaitProbability(1, load), 12);
            var two = 2 * load;
            Assert.Equal(two * two / (2 + two), ErlangC.WaitProbability(2, two), 12);
            var three = 3 * load;
            var queued = three * three * three / 6 * 3 / (3 - three);
            Assert.Equal(queued / (1 + three + three * three / 2 + queued), ErlangC.WaitProbability(3, three), 12);
        }
    }

    /// <summary>Halfin and Whitt: with β·√c servers beyond the load, the share that waits tends to 1 / (1 + β·Φ(β)/φ(β)).</summary>
    [Theory]
    [InlineData(0.5, 0.5045)]
    [InlineData(1, 0.2234)]
    [InlineData(2, 0.0269)]
    public void Tends_to_square_root_staffing_for_many_servers(double beta, double waits) =>
        Assert.Equal(waits, ErlangC.WaitProbability(40_000, 40_000 - beta * 200), 0.002);

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.97)]
    [InlineData(0.999)]
    public void The_limit_for_many_servers_goes_on_where_the_exact_one_ends(double utilisation)
    {
        var (exact, limit) = (ErlangC.WaitProbability(1000, 1000 * utilisation), ErlangC.WaitProbability(1001, 1001 * utilisation));
        Assert.InRange(limit, 0.98 * exact - 0.001, 1.02 * exact + 0.001);
    }

    [Fact]
    public void Falls_with_servers_and_rises_with_load()
    {
        for (var servers = 1; servers < 60; servers++)
        {
            Assert.True(ErlangC.WaitsLonger(servers + 1, servers * 0.9, 1) < ErlangC.WaitsLonger(servers, servers * 0.9, 1));
            Assert.True(ErlangC.WaitsLonger(servers, servers * 0.8, 1) < ErlangC.WaitsLonger(servers, servers * 0.9, 1));
        }
    }

    [Fact]
    public void All_wait_where_the_load_is_not_below_the_servers() => Assert.Equal(1, ErlangC.WaitsLonger(4, 4, 10));
}
