using Geode.Topology;

namespace Geode.Topology.Tests;

public sealed class AzureRegionPairsTests
{
    [Fact]
    public void Every_pair_is_another_of_Azures_regions()
    {
        foreach (var region in AzureRegions.All)
        {
            if (AzureRegionPairs.Of(region.Name) is not { } pair)
                continue;
            Assert.NotNull(AzureRegions.Find(pair));
            Assert.NotEqual(region.Name, pair);
        }
    }

    [Theory]
    [InlineData("westeurope", "northeurope")]
    [InlineData("NorthEurope", "westeurope")]
    [InlineData("eastus", "westus")]
    [InlineData("brazilsouth", "southcentralus")]
    [InlineData("southcentralus", "northcentralus")]
    [InlineData("westindia", "southindia")]
    [InlineData("southindia", "centralindia")]
    [InlineData("westus3", "eastus")]
    [InlineData("italynorth", null)]
    [InlineData("moon-base", null)]
    public void Pairs_are_Azures(string region, string? pair) => Assert.Equal(pair, AzureRegionPairs.Of(region));

    [Fact]
    public void All_but_four_are_paired_in_both_directions() => Assert.Equal(
        ["brazilsouth", "brazilsoutheast", "westindia", "westus3"],
        AzureRegions.All.Select(r => r.Name).Where(r => AzureRegionPairs.Of(r) is { } pair && AzureRegionPairs.Of(pair) != r).Order());
}
