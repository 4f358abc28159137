using Geode.Cli.Skew;
using Geode.Cli.Traffic;
using Geode.Topology;

namespace Geode.Cli.Tests.Skew;

public sealed class SkewTests
{
    private static readonly Planet Three = PlanetLoader.Parse("""{ "regions": ["westeurope", "eastus", "southeastasia"] }""", "geode.json");

    [Fact]
    public void Even_load_needs_no_advice()
    {
        var found = Find("amsterdam,30", "newyork,30", "singapore,30");
        Assert.Equal(1, found.Imbalance, 9);
        Assert.Empty(found.Advice);
    }

    [Fact]
    public void A_heavy_region_is_named_and_one_that_carries_nothing_too()
    {
        var found = Find("amsterdam,80", "newyork,20");
        Assert.Equal([("westeurope", 0.8), ("eastus", 0.2), ("southeastasia", 0)], found.Regions.Select(r => (r.Region, Math.Round(r.Share, 9))));
        Assert.Equal(2, found.Advice.Count);
        Assert.StartsWith("westeurope carries 80 % of the requests", found.Advice[0]);
        Assert.StartsWith("southeastasia carries 0 %", found.Advice[1]);
    }

    [Fact]
    public void Tenants_who_stay_in_one_region_are_for_stamps()
    {
        var rows = TenantRow.Parse(["tenant,place,requests", "a,amsterdam,95", "a,newyork,5", "b,newyork,90", "c,singapore,90", "d,amsterdam,10", "d,newyork,10"], "t.csv");
        var skew = TenantSkew.Of(rows, Three);
        Assert.Equal((4, 280.0 / 300, ("a", 100.0 / 300)), (skew.Tenants, skew.Settled, skew.Largest));
        Assert.Contains(SkewFindings.Of(RegionLoad.Of(TenantRow.Users(rows), Three), skew).Advice, a => a.Contains("Deployment stamps fit better."));
    }

    [Fact]
    public void A_tenant_who_is_most_of_the_load_would_make_a_key_hot()
    {
        var rows = TenantRow.Parse(["a,amsterdam,20", "a,newyork,20", "b,singapore,40", "b,newyork,40"], "t.csv");
        var advice = SkewFindings.Of(RegionLoad.Of(TenantRow.Users(rows), Three), TenantSkew.Of(rows, Three)).Advice;
        Assert.StartsWith("b alone has 66.7 % of the requests", Assert.Single(advice));
    }

    [Theory]
    [InlineData("a,amsterdam", "t.csv, line 1: 'a,amsterdam' is not a tenant, a place and their requests")]
    [InlineData(",amsterdam,1", "t.csv, line 1: ',amsterdam,1' is not a tenant, a place and their requests")]
    [InlineData("a,atlantis,1", "t.csv, line 1: there is no place 'atlantis'")]
    [InlineData("a,amsterdam,-1", "is not a tenant, a place and their requests")]
    [InlineData("a,amsterdam,0", "t.csv has no requests")]
    public void What_is_wrong_is_said_in_one_line(string line, string fault) =>
        Assert.Contains(fault, Assert.Throws<CliException>(() => TenantRow.Parse([line], "t.csv")).Message);

    private static SkewFindings Find(params string[] lines) => SkewFindings.Of(RegionLoad.Of(TrafficFile.Parse(lines, "t.csv"), Three), null);
}
