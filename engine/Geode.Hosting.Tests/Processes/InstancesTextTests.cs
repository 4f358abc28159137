using Geode.Control.Instances;
using Geode.Hosting.Processes;

namespace Geode.Hosting.Tests.Processes;

public sealed class InstancesTextTests
{
    [Theory]
    [InlineData("1 (1 to 3)", 1, 0, 1, null, null, false)]
    [InlineData("1 and 2 starting (1 to 3, fixed at 3)", 1, 2, 1, 3, 2, false)]
    [InlineData("2 (1 to 3, at least 2 by the plan)", 2, 0, 1, null, 2, false)]
    [InlineData("asleep (0 to 3)", 0, 0, 0, null, null, true)]
    public void What_runs_and_who_decides(string shown, int running, int starting, int least, int? fixedAt, int? floor, bool asleep) =>
        Assert.Equal(shown, InstancesText.Of(new InstancesView(running, starting, least, 3, fixedAt, floor, asleep)));
}
