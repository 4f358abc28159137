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

    [Theory]
    [InlineData("asleep", ProcessState.Healthy, ProcessState.Stopped)]
    [InlineData("asleep", ProcessState.Healthy, ProcessState.Exited)]
    [InlineData("degraded", ProcessState.Killed, ProcessState.Stopped)]
    [InlineData("starting", ProcessState.Healthy, ProcessState.Starting)]
    public void A_geode_sleeps_when_all_is_well_but_its_Api(string expected, ProcessState worker, ProcessState api) => Assert.Equal(expected, RegionView.StateOf(
    [
        Of("backplane", ProcessRole.Backplane, ProcessState.Healthy), Of("api", ProcessRole.Api, api), Of("worker", ProcessRole.Worker, worker),
    ], asleep: true));

    private static ProcessSnapshot Of(string name, ProcessRole role, ProcessState state) =>
        new(name, role, "eastus", state is ProcessState.Healthy or ProcessState.Starting ? 1 : null, 2, state, default, "");
}
