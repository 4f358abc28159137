using System.Net;
using Geode.Backplane.Accounts;
using Geode.Topology;

namespace Geode.Backplane.Tests.Accounts;

public sealed class RegionHostsTests
{
    [Theory]
    [InlineData("auto", true, true, "http://127.1.0.2:8112/")]
    [InlineData("auto", false, true, "http://eastus.localhost:8112/")]
    [InlineData("auto", false, false, "http://127.0.0.1:8112/")]
    [InlineData("addresses", true, false, "http://127.1.0.2:8112/")]
    [InlineData("names", false, true, "http://eastus.localhost:8112/")]
    [InlineData("shared", true, true, "http://127.0.0.1:8112/")]
    public void Each_region_has_the_best_host_that_the_machine_allows(string asked, bool hasAddresses, bool resolves, string endpoint)
    {
        var planet = Planet(asked);
        var hosts = RegionHosts.For(planet, _ => hasAddresses, _ => resolves);
        // Not by Uri, which would find different texts equal.
        Assert.Equal(endpoint, hosts.Endpoint(planet, planet.Regions[1]).ToString());
    }

    [Theory]
    [InlineData("addresses", "backplane.hosts: this machine has no address 127.1.0.2; give the loopback interface that address, or use auto, names or shared.")]
    [InlineData("names", "backplane.hosts: this machine does not resolve eastus.localhost to itself; set up its resolver, or use auto, addresses or shared.")]
    public void What_the_machine_cannot_do_is_refused(string asked, string error)
    {
        var refused = Assert.Throws<PlanetException>(() => RegionHosts.For(
            Planet(asked), address => !address.Equals(IPAddress.Parse("127.1.0.2")), name => !name.StartsWith("eastus", StringComparison.Ordinal)));
        Assert.Equal(error, refused.Message);
    }

    [Fact]
    public void This_machine_can_be_listened_on_at_what_was_found_out_about_it()
    {
        var planet = Planet("auto");
        foreach (var address in RegionHosts.For(planet).ListensOn(planet.Regions[0]))
        {
            using var listener = new System.Net.Sockets.TcpListener(address, 0);
            listener.Start();
            Assert.True(listener.Server.IsBound);
        }
    }

    private static Planet Planet(string hosts) =>
        PlanetLoader.Parse("""{"regions": ["westeurope", "eastus"]}""", "test") with { Backplane = new() { Hosts = hosts } };
}
