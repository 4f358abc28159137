using Geode.Control.Api;
using Geode.Control.Processes;

namespace Geode.Control.Tests.Api;

public sealed class RegionStateTests
{
    [Theory]
    [InlineData("healthy", ProcessState.Healthy, ProcessState.Healthy)]
    [InlineData("killed", ProcessState.Killed, ProcessState.Killed)]
    [InlineData("exited", ProcessState.Exited, ProcessState.Killed)]
    [InlineData("frozen", ProcessState.Exited, ProcessState.Frozen)]
    [InlineData("starting", ProcessState.Starting, ProcessState.Healthy)]
    [InlineData("degraded", ProcessState.Healthy, ProcessState.Unhealthy)]
    [InlineData("degraded", ProcessState.Healthy, ProcessState.Killed)]
    [InlineData("degraded", ProcessState.Healthy, ProcessState.Frozen)]
    [InlineData("stopped")]
    public void A_region_has_one_state_of_all_its_processes(string expected, params ProcessState[] states) =>
        Assert.Equal(expected, RegionView.StateOf([.. states.Select((s, i) => new ProcessSnapshot($"p{i}", ProcessRole.Api, "eastus", 1, 2, s, default, ""))]));
}
