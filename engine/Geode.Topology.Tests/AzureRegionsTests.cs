using System.Reflection;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Topology.Tests;

public sealed class AzureRegionsTests
{
    public static TheoryData<AzureRegion> EveryRegion => [.. AzureRegions.All];

    private static readonly HashSet<string> KnownToCosmos =
        [.. typeof(Regions).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!)];

    [Fact]
    public void Holds_the_public_regions_once_each()
    {
        Assert.True(AzureRegions.All.Count >= 60, $"only {AzureRegions.All.Count} regions");
        Assert.Equal(AzureRegions.All.Count, AzureRegions.All.DistinctBy(r => r.Name).Count());
        Assert.Equal(AzureRegions.All.Count, AzureRegions.All.DistinctBy(r => r.DisplayName).Count());
    }

    [Theory]
    [MemberData(nameof(EveryRegion))]
    public void Display_name_is_one_the_Cosmos_DB_SDK_knows(AzureRegion region) => Assert.Contains(region.DisplayName, KnownToCosmos);

    [Theory]
    [MemberData(nameof(EveryRegion))]
    public void Name_is_the_display_name_without_spaces(AzureRegion region) =>
        Assert.Equal(region.DisplayName.Replace(" ", "").ToLowerInvariant(), region.Name);

    [Theory]
    [InlineData("westeurope", "amsterdam")]
    [InlineData("northeurope", "dublin")]
    [InlineData("spaincentral", "madrid")]
    [InlineData("israelcentral", "telaviv")]
    [InlineData("swedensouth", "copenhagen")]
    [InlineData("denmarkeast", "copenhagen")]
    [InlineData("southeastasia", "singapore")]
    [InlineData("eastasia", "hongkong")]
    [InlineData("japaneast", "tokyo")]
    [InlineData("australiaeast", "sydney")]
    [InlineData("newzealandnorth", "auckland")]
    [InlineData("taiwannorthwest", "taipei")]
    [InlineData("brazilsouth", "saopaulo")]
    [InlineData("chilecentral", "santiago")]
    [InlineData("canadacentral", "toronto")]
    [InlineData("northcentralus", "chicago")]
    [InlineData("southafricanorth", "johannesburg")]
    [InlineData("uaenorth", "dubai")]
    public void Lies_near_its_city(string region, string city)
    {
        var kilometres = Distance.Kilometres(AzureRegions.Find(region)!.Location, Places.Find(city)!.Location);
        Assert.True(kilometres < 80, $"{region} is {kilometres:0} km from {city}");
    }

    [Fact]
    public void Is_found_in_any_case_and_otherwise_not()
    {
        Assert.Equal("West Europe", AzureRegions.Find("WestEurope")?.DisplayName);
        Assert.Null(AzureRegions.Find("atlantis"));
    }
}
