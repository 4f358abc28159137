using System.Text.Json;
using Geode.Backplane.Faults;
using Geode.Hosting.Drills;

namespace Geode.Hosting.Tests.Drills;

public sealed class GeodeCommandsTests
{
    [Fact]
    public void Outage_modes_are_those_of_the_backplane() => Assert.Equal(
        Enum.GetValues<OutageMode>().Select(m => JsonNamingPolicy.KebabCaseLower.ConvertName(m.ToString())).Order(), GeodeCommands.Modes.Order());
}
