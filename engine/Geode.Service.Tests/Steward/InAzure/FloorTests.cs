using Geode.Foresight.Guardrails;

namespace Geode.Service.Tests.Steward.InAzure;

public sealed class FloorTests : AzureTestBase
{
    [Fact]
    public async Task A_floor_is_the_fewest_replicas_in_a_revision_with_a_name_of_its_own()
    {
        await FloorAsync(3);

        Assert.Equal(3, Azure.Least);
        Assert.Matches("""^{"properties":{"template":{"revisionSuffix":"s20300101-000000-[0-9a-f]{4}","scale":{"minReplicas":3}}}}$""", Assert.Single(Azure.Changes).ToJsonString());
        Assert.Equal("registry/api:1", (string)Azure.AppProperties["template"]!["containers"]![0]!["image"]!);
        Assert.Equal(["GET app", "PATCH app"], Azure.Asked);
    }

    [Fact]
    public async Task What_is_so_already_is_not_changed_and_not_asked_for_again_and_again()
    {
        await FloorAsync(1);
        for (var number = 2; number < 20; number++)
            await FloorAsync(1, number);

        Assert.Equal(["GET app"], Azure.Asked);
        Assert.Null(Memory["app"]);
        Advance(6);
        await FloorAsync(1, 20);
        Assert.Equal(2, Azure.Asked.Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(40, 10)]
    public async Task Never_fewer_than_were_deployed_and_never_more_than_there_may_be(int floor, int least)
    {
        await FloorAsync(floor);
        Assert.Equal(least, Azure.Least);
    }

    [Fact]
    public async Task Plans_change_an_app_once_in_a_quarter_of_an_hour()
    {
        await FloorAsync(3);
        Advance(14);
        Assert.Contains("next at 00:15 UTC", await RefusedAsync(() => FloorAsync(5, 2)));
        Assert.Equal(3, Azure.Least);
        Advance(1);
        await FloorAsync(5, 3);
        Assert.Equal(5, Azure.Least);
        Advance(15);
        await FloorAsync(1, 4);
        await FloorAsync(1, 5);
        Assert.Equal(1, Azure.Least);
        Advance(6);
        await FloorAsync(1, 6);
        Assert.Null(Memory["app"]);
    }

    [Fact]
    public async Task A_long_running_change_is_waited_for_and_not_asked_for_twice()
    {
        Azure.AtOnce = false;
        await FloorAsync(3);
        await FloorAsync(3, 2);
        Advance(1);
        Assert.Contains("goes on still", await RefusedAsync(() => FloorAsync(4, 3)));
        Azure.Finish();
        Advance(15);
        await FloorAsync(3, 4);

        Assert.Equal(1, Count("PATCH app"));
        Assert.DoesNotContain(Azure.Asked, a => a.Contains("locations", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_revision_that_does_not_come_up_is_said_so()
    {
        Azure.AtOnce = false;
        await FloorAsync(3);
        Azure.Finish("Failed");
        Assert.Contains("did not come up", await RefusedAsync(() => FloorAsync(3, 2)));
        Assert.Equal(1, Count("PATCH app"));
    }

    [Fact]
    public async Task While_two_revisions_are_live_nothing_is_changed()
    {
        Azure.AppProperties["configuration"]!["activeRevisionsMode"] = "Multiple";
        Assert.Contains("blue/green", await RefusedAsync(() => FloorAsync(3)));
        Assert.Equal(["GET app"], Azure.Asked);
    }

    [Fact]
    public async Task A_rollout_under_way_is_waited_for()
    {
        Azure.AppProperties["latestRevisionName"] = "api--r2";
        Assert.Contains("goes on still", await RefusedAsync(() => FloorAsync(3)));
        Azure.Finish();
        Advance(1);
        await FloorAsync(3, 2);
        Assert.Equal(3, Azure.Least);
    }

    [Fact]
    public async Task An_older_plan_than_the_one_applied_does_nothing_also_after_a_restart_and_in_another_Worker()
    {
        await FloorAsync(3, 5);
        Assert.Contains("7/4 is older than 7/5", await RefusedAsync(() => FloorAsync(2, 4)));
        Restart();
        Assert.Contains("7/4 is older than 7/5", await RefusedAsync(() => FloorAsync(2, 4)));
        Assert.Contains("6/99 is older", await RefusedAsync(() => Worker().ApplyFloorAsync("eastus", 2, new PlanStamp(6, 99), default)));
        Assert.Equal(3, Azure.Least);
    }

    [Fact]
    public async Task What_somebody_else_changes_is_left_alone_for_half_an_hour_and_is_then_what_was_there_before()
    {
        await FloorAsync(3);
        Azure.AppProperties["template"]!["scale"]!["minReplicas"] = 4;
        Advance(6);
        Assert.Contains("until 00:36 UTC", await RefusedAsync(() => FloorAsync(3, 2)));
        Advance(29);
        Assert.Contains("Somebody else", await RefusedAsync(() => FloorAsync(6, 3)));
        Assert.Equal(4, Azure.Least);
        Advance(1);
        await FloorAsync(6, 4);
        Assert.Equal(6, Azure.Least);
        await Actions.UndoAsync(default);
        Assert.Equal(4, Azure.Least);
    }

    [Fact]
    public async Task A_deployment_that_puts_back_what_was_there_is_no_reason_to_stop()
    {
        await FloorAsync(3);
        Azure.AppProperties["template"]!["scale"]!["minReplicas"] = 1;
        Azure.AppProperties["latestRevisionName"] = "api--r2";
        Azure.Finish();
        Advance(16);
        await FloorAsync(3, 2);
        Assert.Equal(3, Azure.Least);
        await Actions.UndoAsync(default);
        Assert.Equal(1, Azure.Least);
    }

    [Fact]
    public async Task Another_region_is_none_of_this_geodes_business()
    {
        await RefusedAsync(() => Actions.ApplyFloorAsync("westeurope", 3, new PlanStamp(7, 1), default));
        Assert.Empty(Azure.Asked);
    }
}
