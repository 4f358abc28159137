using Geode.Foresight.Planning;
using Geode.Topology;

namespace Geode.Foresight.Tests.Planning;

public sealed class RegionLimitsTests
{
    private static readonly Region Eastus = new("eastus", "East US", 37, -79, 0) { MinReplicas = 2, MaxReplicas = 9 };

    [Fact]
    public void Without_limits_of_its_own_a_region_has_those_of_its_replicas() =>
        Assert.Equal(new RegionLimits(2, 9, PlanActions.All), Eastus.Limits());

    [Fact]
    public void Its_own_limits_come_first()
    {
        var region = Eastus with { Autonomy = new() { Accepts = ["drain", "scale"], Ceiling = 4 } };

        Assert.Equal(new RegionLimits(2, 4, PlanActions.Scale | PlanActions.Drain), region.Limits());
        Assert.Equal(PlanActions.None, (Eastus with { Autonomy = new() { Accepts = [] } }).Limits().Accepts);
    }

    [Fact]
    public void On_one_machine_there_are_no_more_instances_than_it_bears()
    {
        Assert.Equal(new RegionLimits(2, 3), Eastus.LimitsHere(new(LocalMost: 3)));
        Assert.Equal(new RegionLimits(1, 1), Eastus.LimitsHere(new(LocalMost: 1)));
    }

    [Fact]
    public void Every_action_a_region_can_accept_is_one_of_a_plan() =>
        Assert.Equal(PlanActions.All, (Eastus with { Autonomy = new() { Accepts = RegionAutonomy.Actions } }).Limits().Accepts);
}
