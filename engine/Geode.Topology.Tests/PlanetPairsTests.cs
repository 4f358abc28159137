using Geode.Topology;

namespace Geode.Topology.Tests;

public sealed class PlanetPairsTests
{
    [Fact]
    public void A_pair_is_Azures_unless_the_region_says_otherwise()
    {
        var planet = Parse("""{"regions":["westeurope","northeurope",{"name":"eastus","pair":"westeurope"}],"attachments":{"maxMegabytes":2}}""");
        Assert.Equal(2 << 20, planet.Attachments!.MaxBytes);
        Assert.Equal("northeurope", planet.PairOf(planet.Region("westeurope"))!.Name);
        Assert.Equal("westeurope", planet.PairOf(planet.Region("eastus"))!.Name);
        Assert.Equal(["northeurope", "eastus"], planet.PairedWith(planet.Region("westeurope")).Select(r => r.Name));
        Assert.Empty(planet.PairedWith(planet.Region("eastus")));
        planet.CheckPairsForOneMachine();
    }

    [Theory]
    [InlineData("""["westeurope","eastus"]""", "regions[0].pair: attachments are copied to one other region, and the pair of 'westeurope', 'northeurope', is not in this planet; add it there, or set this to one of eastus.")]
    [InlineData("""["italynorth","polandcentral"]""", "regions[0].pair: attachments are copied to one other region, and 'italynorth' has no pair in Azure; set this to one of polandcentral.")]
    [InlineData("""["italynorth"]""", "regions[0].pair: attachments are copied to one other region, and 'italynorth' has no pair in Azure; add another region to this planet, and set this to it.")]
    [InlineData("""[{"name":"moon-secondary","latitude":1,"longitude":1,"pair":"moon"},{"name":"moon","latitude":1,"longitude":1,"pair":"moon-secondary"}]""", "regions[0].name: 'moon-secondary' cannot be told from another address of the store of attachments; give the region another name, or take attachments out.")]
    [InlineData("""[{"name":"dbs","latitude":1,"longitude":1,"pair":"eastus"},{"name":"eastus","pair":"dbs"}]""", "regions[0].name: 'dbs' cannot be told from another address of the store of attachments; give the region another name, or take attachments out.")]
    public void On_one_machine_every_region_has_its_pair_beside_it(string regions, string message)
    {
        var planet = Parse("{\"regions\":" + regions + ",\"attachments\":{}}");
        Assert.Equal($"geode.json: {message}", Assert.Throws<PlanetException>(planet.CheckPairsForOneMachine).Message);
        // In Azure the platform copies them, and without attachments nothing is copied.
        (planet with { Backplane = new("azure") }).CheckPairsForOneMachine();
        (planet with { Attachments = null }).CheckPairsForOneMachine();
    }

    [Fact]
    public void A_pair_by_Azures_table_is_of_the_same_stamp()
    {
        var planet = Parse("""{"regions":["westeurope","northeurope","eastus"],"attachments":{},"stamps":[{"name":"a","regions":["westeurope","eastus"]},{"name":"b","regions":["northeurope"]}]}""");
        Assert.Equal("geode.json: regions[0].pair: attachments are copied to one other region, and the pair of 'westeurope', 'northeurope', is not in stamp 'a'; add it there, or set this to one of eastus.",
            Assert.Throws<PlanetException>(planet.CheckPairsForOneMachine).Message);
    }

    [Fact]
    public void A_pair_that_leaves_the_planet_is_nobodys_pair()
    {
        var planet = Parse("""{"regions":["westeurope","eastus",{"name":"westus","pair":"westeurope"}],"attachments":{}}""");
        Assert.Equal("eastus", planet.Removing("westeurope").Region("westus").PairNameOf());
    }

    [Fact]
    public void Services_are_told_where_each_regions_account_is()
    {
        var planet = Parse("""{"regions":["westeurope","northeurope"],"attachments":{}}""");
        var environment = PlanetEnvironment.ForApi(planet, planet.Region("northeurope"));
        Assert.Equal(
            $"BlobEndpoint=http://127.0.0.1:8103/westeurope;BlobSecondaryEndpoint=http://127.0.0.1:8113/westeurope-secondary;AccountName=westeurope;AccountKey={PlanetEnvironment.StorageEmulatorKey}",
            environment["Geode__Attachments__westeurope"]);
        Assert.Equal(environment["Geode__Attachments__westeurope"], PlanetEnvironment.ForWorker(planet, planet.Region("westeurope"))["Geode__Attachments__westeurope"]);
        Assert.DoesNotContain(PlanetEnvironment.ForApi(planet with { Attachments = null }, planet.Region("northeurope")), e => e.Key.Contains("Attachments", StringComparison.Ordinal));
        Assert.DoesNotContain(PlanetEnvironment.ForApi(planet with { Backplane = new("azure") }, planet.Region("northeurope")), e => e.Key.Contains("Attachments", StringComparison.Ordinal));
    }

    private static Planet Parse(string json) => PlanetLoader.Parse(json, "test");
}
