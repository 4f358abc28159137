using Geode.Foresight.Planning;
using Geode.Service.Steward;

namespace Geode.Service.Tests.Steward;

/// <summary>What a region does with the plans that it finds in its replica, whoever wrote them.</summary>
[Collection(ShoppingPlanetCollection.Name)]
public sealed class PlanApplierTests(ShoppingPlanet planet)
{
    [Fact]
    public async Task A_plan_is_applied_once_and_the_next_one_goes_on_from_there()
    {
        var bench = await StewardBench.StartAsync(planet);
        await bench.ReportAsync();
        await ShoppingPlanet.EventuallyAsync(
            async () => (await bench.Reports.ObserveAsync(default)).Regions[0].Running == 2, "this planet's own service reports beside the one that is made up");
        await bench.PostAsync(bench.Plan(1001, 1, instances: 9));
        await bench.Applier.LookAsync(default);
        await bench.Applier.LookAsync(default);
        Assert.Equal(["floor westeurope 4 1001/1", "steer [] [] 1001/1"], bench.Done);
        Assert.Contains((await bench.AppliedAsync())!.Refused!, refusal => refusal.Reason.Contains("4 instances, not 9", StringComparison.Ordinal));

        await bench.PostAsync(bench.Plan(1001, 2, instances: 1));
        await bench.Applier.LookAsync(default);
        Assert.Equal("floor westeurope 3 1001/2", bench.Done[2]);
    }

    [Fact]
    public async Task Of_two_plans_the_higher_fence_counts_and_none_goes_back()
    {
        var bench = await StewardBench.StartAsync(planet);
        await bench.ReportAsync();
        await bench.PostAsync(bench.Plan(2001, 1), planet.Planet.Regions[1]);
        await bench.PostAsync(bench.Plan(1002, 500), planet.Planet.Regions[2]);
        await bench.Applier.LookAsync(default);
        Assert.Equal("floor westeurope 2 2001/1", bench.Done[0]);

        // The newer one disappears, by whatever hand: the older one is not taken up again.
        await bench.PostAsync(bench.Plan(1002, 501), planet.Planet.Regions[1]);
        await bench.Applier.LookAsync(default);
        Assert.Equal(2, bench.Done.Count);
        var applied = await bench.AppliedAsync();
        Assert.False(applied!.Allowed);
        Assert.Contains("older than 2001/1", applied.Refused![0].Reason, StringComparison.Ordinal);
        Assert.Equal(2001, applied.Done!.Fence);
    }

    [Fact]
    public async Task Torn_and_hostile_documents_are_refused_with_reasons_and_the_last_good_plan_counts()
    {
        var bench = await StewardBench.StartAsync(planet);
        await bench.ReportAsync();
        await bench.PostAsync(bench.Plan(1001, 7));
        string[] torn =
        [
            "null", "3", "[]", "{}", "\"plan\"",
            """{"fence": 9999, "number": 1}""",
            """{"fence": "9999", "number": 1, "regions": [], "places": []}""",
            """{"fence": 9999, "number": 1, "madeAt": "yesterday", "regions": [], "places": []}""",
            """{"fence": -1, "number": 1, "regions": [], "places": []}""",
            """{"fence": 9223372036854775807, "number": 1, "regions": [], "places": []}""",
            // Within a long, but nobody could ever be above it.
            """{"fence": 1000000000000000, "number": 1, "regions": [], "places": []}""",
            """{"fence": 99999999999999999999999, "number": 1, "regions": [], "places": []}""",
            """{"fence": 9999, "number": 1, "regions": {"westeurope": 100}, "places": []}""",
        ];
        foreach (var json in torn)
        {
            await bench.PutPlanAsync(planet.Planet.Regions[2], json);
            var view = await bench.Board.ReadAsync(default);
            Assert.Equal((1001, 7), (view.Plan!.Plan!.Fence, view.Plan.Plan.Number));
            Assert.Contains("southeastasia is refused", Assert.Single(view.Torn).Reason, StringComparison.Ordinal);
            await bench.Applier.LookAsync(default);
        }

        Assert.Equal(["floor westeurope 2 1001/7", "steer [] [] 1001/7"], bench.Done);
        Assert.Contains((await bench.AppliedAsync())!.Refused!, refusal => refusal.Reason.Contains("southeastasia is refused", StringComparison.Ordinal));

        // One that can be read, and asks for what cannot be.
        var made = DateTimeOffset.UtcNow.ToString("O");
        await bench.PutPlanAsync(planet.Planet.Regions[2], $$$"""
            {"fence": 3002, "number": 1, "madeAt": "{{{made}}}", "inputsAt": "{{{made}}}", "reporting": 3,
             "regions": [null, {"region": "westeurope", "instances": 2147483647}, {"region": "atlantis", "instances": 1}, {"region": "eastus", "instances": 1, "drain": true, "capacity": 1e308}],
             "places": [null, {"place": "amsterdam", "shares": {"eastus": 1e308, "westeurope": -5}}, {"place": "singapore", "shares": null}]}
            """);
        await bench.Applier.LookAsync(default);
        Assert.Equal(["steer [] [] 3002/1"], bench.Done[2..]);
        Assert.Equal(
            ["amsterdam", "atlantis", "eastus", "plan", "plan", "singapore", "westeurope"],
            (await bench.AppliedAsync())!.Refused!.Select(refusal => refusal.Subject).Order());
    }

    [Fact]
    public async Task Nothing_changes_on_the_side_where_fewer_than_half_report()
    {
        var bench = await StewardBench.StartAsync(planet);
        await planet.LinksAsync("down");
        try
        {
            await ShoppingPlanet.EventuallyAsync(
                async () => (await bench.Reports.ObserveAsync(default)) is var seen && seen.Regions.Skip(1).All(region => !(seen.At - region.ReportedAt < PlanetReports.Silence)),
                "the others are silent");
            await bench.ReportAsync(bench.Here);
            await bench.PostAsync(bench.Plan(1001, 1));
            await bench.Applier.LookAsync(default);
            Assert.Empty(bench.Done);
            Assert.Contains("Only 1 of 3 regions report here", (await bench.AppliedAsync())!.Refused![0].Reason, StringComparison.Ordinal);
        }
        finally
        {
            await planet.LinksAsync("up");
        }
    }

    [Fact]
    public async Task A_region_that_accepts_nothing_stays_as_it_is()
    {
        var bench = await StewardBench.StartAsync(planet, shape => shape with
        {
            Regions = [.. shape.Regions.Select(region => region.Index == 0 ? region with { Autonomy = new() { Accepts = [] } } : region)],
        });
        await bench.ReportAsync();
        var away = new PlacePlan("amsterdam", new Dictionary<string, double> { ["westeurope"] = 0.5, ["eastus"] = 0.5 }, "test");
        var other = new PlacePlan("newyork", new Dictionary<string, double> { ["southeastasia"] = 0.1, ["eastus"] = 0.9 }, "test");
        await bench.PostAsync(bench.Plan(1001, 1, 5, away, other));
        await bench.Applier.LookAsync(default);
        Assert.Equal(["steer [newyork eastus 0.9,southeastasia 0.1] [] 1001/1"], bench.Done);
        var refused = (await bench.AppliedAsync())!.Refused!;
        Assert.Contains(refused, refusal => refusal.Subject == "westeurope" && refusal.Reason.Contains("accepts no plan for its instances", StringComparison.Ordinal));
        Assert.Contains(refused, refusal => refusal.Subject == "amsterdam" && refusal.Reason.Contains("westeurope accepts no plan", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Modes_and_undo_count_wherever_they_were_said()
    {
        var bench = await StewardBench.StartAsync(planet);
        await bench.ReportAsync();
        await bench.Orders.SetModeAsync(Foresight.Guardrails.StewardMode.Observe, null, default);
        await bench.PostAsync(bench.Plan(1001, 1));
        await bench.Applier.LookAsync(default);
        await bench.Orders.SetModeAsync(Foresight.Guardrails.StewardMode.Advise, null, default);
        await bench.Applier.LookAsync(default);
        Assert.Empty(bench.Done);
        Assert.Equal(2, (await bench.AppliedAsync())!.Proposed!.Instances);

        await bench.Orders.SetModeAsync(Foresight.Guardrails.StewardMode.Act, null, default);
        await bench.Applier.LookAsync(default);
        Assert.Equal("floor westeurope 2 1001/1", bench.Done[0]);

        await bench.Orders.UndoAsync(null, default);
        await bench.PostAsync(bench.Plan(1001, 2));
        await bench.Applier.LookAsync(default);
        await bench.Applier.LookAsync(default);
        Assert.Equal(["undo"], bench.Done[2..]);
        Assert.Contains("a person has acted", (await bench.AppliedAsync())!.Refused![0].Reason, StringComparison.Ordinal);

        await bench.Orders.SetModeAsync(Foresight.Guardrails.StewardMode.Act, null, default);
        await bench.Applier.LookAsync(default);
        Assert.Equal(["undo", "floor westeurope 2 1001/2", "steer [] [] 1001/2"], bench.Done[2..]);
    }

    [Theory]
    [InlineData("floor", null, 1)]
    [InlineData("steer", 2, 0)]
    public async Task The_half_that_could_be_done_is_known_to_be_done(string fails, int? floor, int places)
    {
        var bench = await StewardBench.StartAsync(planet);
        await bench.ReportAsync();
        (bench.Failure, bench.FailureOf) = ("no answer", fails);
        var (west, east) = (planet.Planet.Regions[0].Name, planet.Planet.Regions[1].Name);
        await bench.PostAsync(bench.Plan(1001, 1, 2, new PlacePlan("amsterdam", new Dictionary<string, double> { [west] = 0.9, [east] = 0.1 }, "a test")));
        await bench.Applier.LookAsync(default);

        var applied = (await bench.AppliedAsync())!;
        Assert.Equal("no answer", applied.Failed);
        Assert.Equal((floor, places), (applied.Done!.Instances, applied.Done.Places?.Count ?? 0));
    }

    [Fact]
    public async Task A_word_that_is_taken_up_late_does_not_undo_what_was_said_since()
    {
        var bench = await StewardBench.StartAsync(planet);
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await bench.Orders.SetModeAsync(Foresight.Guardrails.StewardMode.Act, now, default);
        await bench.Orders.SetModeAsync(Foresight.Guardrails.StewardMode.Observe, now - 1, default);
        Assert.Equal("act", (await bench.Board.ReadAsync(default)).Orders!.Mode);

        // Another region was told to hold still, and had not heard of the mode.
        var far = planet.Planet.Regions[1];
        await bench.PutAsync(far, new OrdersDocument("orders", far.Name, OrdersDocument.OrdersKind, now + 1, "observe", null, 0, null, "a hold", default) { ModeRevision = now - 5 });
        var orders = (await bench.Board.ReadAsync(default)).Orders!;
        Assert.Equal(("act", now, now + 1, "a hold"), (orders.Mode, orders.ModeRevision, orders.Revision, orders.Why));
    }

    [Fact]
    public async Task What_could_not_be_done_is_said_and_tried_again()
    {
        var bench = await StewardBench.StartAsync(planet);
        await bench.ReportAsync();
        await bench.PostAsync(bench.Plan(1001, 1));
        bench.Failure = "no answer";
        await bench.Applier.LookAsync(default);
        Assert.Equal("no answer no answer", (await bench.AppliedAsync())!.Failed);
        Assert.Null((await bench.AppliedAsync())!.Done);

        bench.Failure = null;
        await bench.Applier.LookAsync(default);
        Assert.Equal(["floor westeurope 2 1001/1", "steer [] [] 1001/1"], bench.Done);
    }
}
