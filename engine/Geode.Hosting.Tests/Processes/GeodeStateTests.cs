using Geode.Control.Live;
using Geode.Hosting.Processes;

namespace Geode.Hosting.Tests.Processes;

public sealed class GeodeStateTests
{
    [Theory]
    [InlineData("Running", "healthy", null, false)]
    [InlineData("Draining", "healthy", null, true)]
    [InlineData("Outage (hang)", "healthy", "hang", true)]
    [InlineData("Frozen", "frozen", null, true)]
    [InlineData("Exited", "killed", "hang", true)]
    [InlineData("Exited", "exited", null, false)]
    [InlineData("Exited", "stopped", null, false)]
    [InlineData("Starting", "starting", null, false)]
    [InlineData("Asleep", "asleep", null, false)]
    [InlineData("Degraded", "degraded", null, true)]
    [InlineData("Degraded", "unhealthy", null, false)]
    public void What_is_worst_is_shown(string shown, string processes, string? outage, bool draining) =>
        Assert.Equal(shown, GeodeState.Of(Region(processes, outage, draining), []).Text);

    [Theory]
    [InlineData("Running", "up", 90, 0)]
    [InlineData("Running", "up", null, 3)]
    [InlineData("Behind", "up", 5000, 3)]
    [InlineData("Running", "down", null, 0)]
    [InlineData("Behind", "down", null, 1)]
    public void A_healthy_geode_may_lack_what_others_wrote(string shown, string link, int? lagMs, int behind) =>
        Assert.Equal(shown, GeodeState.Of(Region("healthy", null, false), [new("eastus", "westeurope", link, 50, 0, 0, lagMs, behind)]).Text);

    private static LiveRegion Region(string state, string? outage, bool draining) =>
        new("westeurope", "West Europe", 52, 5, state, default, outage, draining, null, null, null, null, null, new(1, 0, 1, 3, null, null, false), []);
}
