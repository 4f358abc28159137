using Geode.Hosting.Drills;

namespace Geode.Hosting.Tests.Drills;

public sealed class PlanetCommandsTests
{
    [Fact]
    public void Groups_are_regions_with_commas_and_groups_with_semicolons() =>
        Assert.Equal([["westeurope"], ["eastus", "southeastasia"]], PlanetCommands.Parse(" westeurope; eastus ,southeastasia;"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ; ")]
    public void Nothing_is_no_group(string? text) => Assert.Empty(PlanetCommands.Parse(text).SelectMany(g => g));
}
