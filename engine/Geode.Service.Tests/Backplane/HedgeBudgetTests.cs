using Geode.Service.Backplane;

namespace Geode.Service.Tests.Backplane;

public sealed class HedgeBudgetTests
{
    [Fact]
    public void One_slow_region_is_hedged_but_not_a_slow_planet()
    {
        var budget = new HedgeBudget();
        Assert.Null(budget.Strategy);

        for (var i = 0; i < 1000; i++)
            budget.Spent(hedged: budget.Strategy is null);
        var hedged = 0;
        for (var i = 0; i < 1000; i++)
        {
            var hedges = budget.Strategy is null;
            hedged += hedges ? 1 : 0;
            budget.Spent(hedges);
        }

        Assert.InRange(hedged, 80, 120);
    }

    [Fact]
    public void It_recovers_when_nothing_needs_hedging()
    {
        var budget = new HedgeBudget();
        for (var i = 0; i < 1000; i++)
            budget.Spent(hedged: true);
        Assert.NotNull(budget.Strategy);

        for (var i = 0; i < 20; i++)
            budget.Spent(hedged: false);
        Assert.Null(budget.Strategy);
    }
}
