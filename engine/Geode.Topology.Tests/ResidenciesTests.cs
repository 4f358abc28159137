using Geode.Topology;

namespace Geode.Topology.Tests;

public sealed class ResidenciesTests
{
    private static IEnumerable<string> Countries => Residencies.All.Where(r => r != Residencies.EuropeanUnion);

    [Fact]
    public void Each_of_Azure_s_regions_is_in_one_country() =>
        Assert.All(AzureRegions.All, region => Assert.Single(Countries, country => Residencies.Has(country, region.Name)));

    [Fact]
    public void The_union_is_its_member_states()
    {
        var members = Countries.Where(country => AzureRegions.All.Any(r => Residencies.Has(country, r.Name) && Residencies.Has(Residencies.EuropeanUnion, r.Name)));

        Assert.Equal(["AT", "BE", "DE", "DK", "ES", "FR", "IE", "IT", "NL", "PL", "SE"], members);
    }

    [Theory]
    [InlineData("EU", "westeurope", true)]
    [InlineData("NL", "westeurope", true)]
    [InlineData("IE", "westeurope", false)]
    [InlineData("EU", "uksouth", false)]
    [InlineData("EU", "switzerlandnorth", false)]
    [InlineData("EU", "norwayeast", false)]
    [InlineData("US", "eastus", true)]
    public void A_region_is_in_its_country_and_nowhere_else(string residency, string region, bool there) => Assert.Equal(there, Residencies.Has(residency, region));

    [Fact]
    public void A_made_up_region_is_wherever_its_planet_says() => Assert.True(Residencies.Has("EU", "moon-base") && Residencies.Has("US", "moon-base"));
}
