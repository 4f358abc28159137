using Geode.Foresight.Forecasting;
using Geode.Foresight.Planning;
using Geode.Service.Steward;

namespace Geode.Service.Tests.Steward;

[Collection(ShoppingPlanetCollection.Name)]
public sealed class DecisionLogTests(ShoppingPlanet planet)
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, double> Half = new() { ["westeurope"] = 0.5, ["eastus"] = 0.5 };

    [Fact]
    public void Only_what_differs_is_a_decision()
    {
        var before = Plan(1, new RegionPlan("westeurope", 1, false, default, 0, 1, []), new PlacePlan("amsterdam", Half, "full"));
        Assert.Empty(DecisionLog.Between(before, before with { Number = 2 }));

        var after = before with { Regions = [new("westeurope", 3, true, new Forecast(90, 80, 100), 0, 1, ["more is coming"])], Places = [] };
        var decisions = DecisionLog.Between(before, after);
        Assert.Equal(["westeurope", "amsterdam"], decisions.Select(decision => decision.Subject));
        Assert.Equal("at least 3 instances, 1 before; drained", decisions[0].What);
        Assert.Equal("more is coming", decisions[0].Why);
        Assert.Equal("90 requests per second (80 to 100)", decisions[0].Foreseen);
        Assert.Equal("to the nearest geode again", decisions[1].What);
    }

    [Fact]
    public void Of_a_region_that_has_never_reported_nothing_is_decided()
    {
        var silent = Plan(1, new RegionPlan("westeurope", 0, false, default, 0, 1, ["left as it is: it has never reported"]));
        Assert.Empty(DecisionLog.Between(null, silent));
        Assert.Equal("at least 1 instance, 0 before", Assert.Single(DecisionLog.Between(silent, Plan(2, new RegionPlan("westeurope", 1, false, default, 80, 1, [])))).What);
    }

    [Fact]
    public async Task The_outcome_is_written_when_its_time_has_come()
    {
        var bench = await StewardBench.StartAsync(planet);
        var log = new DecisionLog(bench.Board, TimeSpan.FromSeconds(30));
        var plan = Plan(1, new RegionPlan("westeurope", 2, false, new(20, 10, 30), 0, 1, ["why"]));
        await log.AddAsync(null, plan, Observed(5), "act", default);
        Assert.Null(Assert.Single((await bench.Board.DecisionsAsync(default))[0].Decisions!).Outcome);

        await log.AddAsync(plan, plan with { Number = 2, MadeAt = Noon.AddSeconds(20) }, Observed(6), "act", default);
        Assert.Null(Assert.Single((await bench.Board.DecisionsAsync(default))[0].Decisions!).Outcome);

        await log.AddAsync(plan, plan with { Number = 3, MadeAt = Noon.AddSeconds(30) }, Observed(21), "act", default);
        var entry = Assert.Single(await bench.Board.DecisionsAsync(default));
        Assert.Equal("act", entry.Mode);
        Assert.Equal("21 requests per second on 2 instances, p99 80 ms, 0 % errors", entry.Decisions![0].Outcome);
    }

    private static PlanetPlan Plan(long number, RegionPlan region, params PlacePlan[] places) => new(1001, number, Noon, Noon, 1, [region], places);

    private static PlanetObservation Observed(double rate) => new(Noon, [new("westeurope", Noon, rate, 1, 80, 0, null, null, 2, 0, new(1, 5))], []);
}
