namespace Geode.Service.Tests.Steward.InAzure;

public sealed class SteeringAndUndoTests : AzureTestBase
{
    private static readonly TimeSpan Lapse = TimeSpan.FromMinutes(10);

    private string State => (string)Azure.OriginProperties["enabledState"]!;

    private int Weight => (int)Azure.OriginProperties["weight"]!;

    [Fact]
    public async Task A_drained_geode_disables_its_own_origin_and_no_other()
    {
        await SteerAsync(["eastus"]);
        Assert.Equal("Disabled", State);
        Assert.Equal("""{"properties":{"weight":1000,"enabledState":"Disabled"}}""", Assert.Single(Azure.Changes).ToJsonString());

        await SteerAsync(["westeurope"], 2);
        Assert.Equal("Enabled", State);
        Assert.All(Azure.Asked, a => Assert.EndsWith(" origin", a));
    }

    [Fact]
    public async Task A_drained_geode_comes_back_at_once_and_is_not_drained_again_at_once()
    {
        await SteerAsync(["eastus"]);
        await SteerAsync(["westeurope"], 2);
        Assert.Equal("Enabled", State);
        await SteerAsync(["westeurope"], 3);
        Assert.Contains("next at 00:10 UTC", await RefusedAsync(() => SteerAsync(["eastus"], 4)));
        Advance(10);
        await SteerAsync(["eastus"], 5);
        Assert.Equal("Disabled", State);
    }

    [Fact]
    public async Task Never_is_every_region_drained()
    {
        Assert.Contains("every region", await RefusedAsync(() => SteerAsync(["westeurope", "eastus", "southeastasia"])));
        Assert.Empty(Azure.Asked);
    }

    [Fact]
    public async Task An_origin_that_people_had_disabled_or_made_light_stays_so()
    {
        (Azure.OriginProperties["weight"], Azure.OriginProperties["enabledState"]) = (50, "Disabled");
        await SteerAsync([]);
        Assert.Empty(Azure.Changes);
        Assert.Equal((50, "Disabled"), (Weight, State));
    }

    [Fact]
    public async Task Undo_puts_back_what_was_there_after_a_restart_too_and_at_once()
    {
        (Azure.OriginProperties["weight"], Azure.AppProperties["template"]!["scale"]!["minReplicas"]) = (400, 2);
        await FloorAsync(5);
        await SteerAsync(["eastus"]);
        Restart();

        await Actions.UndoAsync(default);

        Assert.Equal((2, 400, "Enabled"), (Azure.Least, Weight, State));
        Assert.NotNull(Memory["app"]);
        Assert.Empty(await Actions.TendAsync(Lapse, default));
        Assert.Null(Memory["app"]);
        Assert.Null(Memory["origin"]);
        Assert.Equal(2, Count("PATCH app"));
    }

    [Fact]
    public async Task Nothing_that_somebody_else_has_changed_since_is_undone()
    {
        await FloorAsync(5);
        Azure.AppProperties["template"]!["scale"]!["minReplicas"] = 7;
        await Actions.UndoAsync(default);
        Assert.Equal(7, Azure.Least);
        Assert.Equal(1, Count("PATCH app"));
        Assert.Null(Memory["app"]);
    }

    [Fact]
    public async Task Where_nothing_was_changed_undo_asks_nothing()
    {
        await Actions.UndoAsync(default);
        Assert.Empty(Azure.Asked);
    }

    [Fact]
    public async Task An_undo_that_is_in_the_way_of_a_change_under_way_comes_after_it()
    {
        Azure.AtOnce = false;
        await FloorAsync(5);
        Assert.Contains("then it is undone", await RefusedAsync(() => Actions.UndoAsync(default)));
        Restart();
        Azure.AtOnce = true;
        Azure.Finish();

        Assert.Empty(await Actions.TendAsync(Lapse, default));
        Assert.Equal(1, Azure.Least);
        Assert.Empty(await Actions.TendAsync(Lapse, default));
        Assert.Null(Memory["app"]);
    }

    [Fact]
    public async Task One_that_cannot_be_undone_keeps_the_other_from_nothing()
    {
        await FloorAsync(5);
        await SteerAsync(["eastus"]);
        Azure.Fault = request => request.Path.Value!.Contains("Microsoft.Cdn", StringComparison.Ordinal) ? (500, "InternalServerError", "Oops.", null) : null;
        Assert.Contains("500", await RefusedAsync(() => Actions.UndoAsync(default)));
        Assert.Equal((1, "Disabled"), (Azure.Least, State));
        Azure.Fault = _ => null;
        Advance(1);
        await Actions.TendAsync(Lapse, default);
        Assert.Equal("Enabled", State);
    }

    [Fact]
    public async Task What_no_plan_asks_for_any_more_ends()
    {
        await FloorAsync(5);
        await SteerAsync(["eastus"]);
        for (var number = 2; number <= 20; number++)
        {
            Advance(1);
            await FloorAsync(5, number);
            await SteerAsync(["eastus"], number);
            await Actions.TendAsync(Lapse, default);
        }
        Assert.Equal((5, "Disabled"), (Azure.Least, State));
        Restart();
        Advance(9);
        await Actions.TendAsync(Lapse, default);
        Assert.Equal((5, "Disabled"), (Azure.Least, State));

        Advance(2);
        await Actions.TendAsync(Lapse, default);

        Assert.Equal((1, "Enabled"), (Azure.Least, State));
    }

    [Fact]
    public async Task A_plan_that_comes_while_something_ends_counts()
    {
        await FloorAsync(5);
        Azure.Fault = request => request.Method == "PATCH" ? (500, "InternalServerError", "Oops.", null) : null;
        await RefusedAsync(() => Actions.UndoAsync(default));
        Azure.Fault = _ => null;
        Advance(1);
        await FloorAsync(5, 2);
        await Actions.TendAsync(Lapse, default);
        Assert.Equal(5, Azure.Least);
    }

    [Fact]
    public async Task What_plans_want_more_of_before_it_may_change_again_does_not_end_meanwhile()
    {
        await FloorAsync(3);
        for (var number = 2; number <= 15; number++)
        {
            Advance(1);
            await RefusedAsync(() => FloorAsync(5, number));
            await Actions.TendAsync(Lapse, default);
            Assert.Equal(3, Azure.Least);
        }
        Advance(1);
        await FloorAsync(5, 16);
        Assert.Equal(5, Azure.Least);
    }
}
