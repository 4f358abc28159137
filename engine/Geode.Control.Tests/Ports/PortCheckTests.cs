using System.Net;
using System.Net.Sockets;
using Geode.Control.Ports;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Control.Tests.Ports;

public class PortCheckTests
{
    [Fact]
    public void Every_port_of_the_planet_has_a_use()
    {
        var planet = FreePlanets.On(8080, "westeurope", "eastus");

        Assert.Equal(planet.Ports.All(planet).Order(), PortCheck.Uses(planet).Select(u => u.Port).Order());
    }

    [Fact]
    public void Every_port_of_the_directory_has_a_use_too()
    {
        var planet = Stamped(FreePlanets.On(8080, "westeurope", "eastus"));

        Assert.Equal(planet.Ports.All(planet).Order(), PortCheck.Uses(planet).Select(u => u.Port).Order());
        Assert.Contains((9113, "account endpoint of the directory of tenants in eastus"), PortCheck.Uses(planet));
    }

    [Fact]
    public void The_directory_s_ports_are_looked_for_and_checked()
    {
        var planet = FreePorts.Move(Stamped(FreePlanets.On(0, "westeurope", "eastus")));
        PortCheck.EnsureFree(planet);
        var (europe, america) = (planet.Regions[0], planet.Regions[1]);
        using var taker = new TcpListener(IPAddress.Loopback, planet.Ports.BackplaneAccount(america.InDirectory()));
        taker.Start();

        Assert.Contains("(account endpoint of the directory of tenants in eastus) is taken", Assert.Throws<PlanetException>(() => PortCheck.EnsureFree(planet)).Message);
        Assert.Contains("directory of tenants in eastus", Assert.Throws<PlanetException>(() => PortCheck.EnsureFree(planet, america)).Message);
        PortCheck.EnsureFree(planet, europe);
    }

    [Fact]
    public void A_free_planet_passes() => PortCheck.EnsureFree(FreePlanets.OnFreePorts("westeurope"));

    [Theory]
    [InlineData(0, "router")]
    [InlineData(-1, "planet control")]
    [InlineData(20, "Api of westeurope")]
    [InlineData(33, "account endpoint of the backplane in eastus")]
    public void A_taken_port_is_named_with_its_use_and_its_owner(int offset, string use)
    {
        var planet = FreePlanets.OnFreePorts("westeurope", "eastus");
        using var taker = new TcpListener(IPAddress.Loopback, planet.Ports.Base + offset);
        taker.Start();

        var wrong = Assert.Throws<PlanetException>(() => PortCheck.EnsureFree(planet));

        Assert.Contains($"Port {planet.Ports.Base + offset} ({use}) is taken", wrong.Message);
        Assert.Contains("--port moves all", wrong.Message);
        Assert.DoesNotContain('\n', wrong.Message);
        if (OperatingSystem.IsLinux())
            Assert.Contains($"(pid {Environment.ProcessId})", wrong.Message);
    }

    [Fact]
    public void A_listener_on_all_addresses_takes_the_port_too()
    {
        var planet = FreePlanets.OnFreePorts("westeurope");
        using var taker = new TcpListener(IPAddress.IPv6Any, planet.Ports.Router);
        taker.Server.DualMode = true;
        taker.Start();

        var wrong = Assert.Throws<PlanetException>(() => PortCheck.EnsureFree(planet));

        Assert.Contains($"Port {planet.Ports.Router} (router)", wrong.Message);
    }

    [Fact]
    public void Nobody_owns_a_free_port() => Assert.Null(PortOwner.Of(FreePlanets.OnFreePorts("westeurope").Ports.Router));

    private static Planet Stamped(Planet planet) => planet with { Stamps = [new("all", planet.RegionNames)], Tenants = new() };
}
