using Geode.Topology;

namespace Geode.Topology.Tests;

public sealed class PlanetStampsTests
{
    private static readonly Planet ThePlanet = PlanetLoader.Parse("""
        {
          "regions": ["westeurope", "eastus", "northeurope", "southeastasia"],
          "links": [
            { "from": "westeurope", "to": "northeurope", "delayMs": 9 },
            { "from": "westeurope", "to": "eastus", "delayMs": 41 },
            { "from": "eastus", "to": "southeastasia", "delayMs": 99 }
          ],
          "stamps": [
            { "name": "eu", "regions": ["northeurope", "westeurope"], "residency": "EU" },
            { "name": "world", "regions": ["eastus", "southeastasia"] }
          ],
          "tenants": { "by": "host" }
        }
        """, "test");

    private static readonly Planet Plain = PlanetLoader.Parse("""{"regions":["westeurope","eastus"]}""", "test");
    private static readonly Region America = ThePlanet.Region("eastus");

    [Fact]
    public void A_region_sees_its_stamp_alone_and_every_region_keeps_its_number()
    {
        var seen = ThePlanet.AsSeenFrom(America);

        Assert.Equal([("eastus", 1), ("southeastasia", 3)], seen.Regions.Select(r => (r.Name, r.Index)));
        Assert.Equal([new LinkSetting("eastus", "southeastasia", 99)], seen.Links);
        Assert.Empty(seen.Stamps);
        Assert.Null(seen.Tenants);
        Assert.All(seen.Regions, r => Assert.Equal(ThePlanet.Ports.BackplaneAccount(ThePlanet.Region(r.Name)), seen.Ports.BackplaneAccount(r)));
        Assert.Equal(["westeurope", "northeurope"], ThePlanet.AsSeenFrom(ThePlanet.Region("northeurope")).RegionNames);
    }

    [Fact]
    public void Without_stamps_a_region_sees_the_planet_itself()
    {
        Assert.Same(Plain, Plain.AsSeenFrom(Plain.Regions[0]));
        Assert.Null(Plain.StampOf(Plain.Regions[0]));
        Assert.Null(Plain.FindStamp("eu"));
    }

    [Fact]
    public void Stamps_are_found_by_name_and_by_region()
    {
        Assert.Equal("eu", ThePlanet.FindStamp("EU")?.Name);
        Assert.Null(ThePlanet.FindStamp("moon"));
        Assert.Equal("world", ThePlanet.StampOf(America)?.Name);
    }

    [Fact]
    public void Data_is_shared_within_a_stamp_alone()
    {
        Assert.True(ThePlanet.ShareData("westeurope", "northeurope") && ThePlanet.ShareData("eastus", "eastus") && Plain.ShareData("westeurope", "eastus"));
        Assert.False(ThePlanet.ShareData("westeurope", "eastus"));
        Assert.Equal(["westeurope, northeurope", "eastus, southeastasia"], ThePlanet.Parts().Select(p => string.Join(", ", p.RegionNames)));
        Assert.Equal([Plain], Plain.Parts());
    }

    [Fact]
    public void Who_must_stay_somewhere_is_admitted_there_alone()
    {
        var (union, world) = (ThePlanet.Stamps[0], ThePlanet.Stamps[1]);

        Assert.True(union.Admits("EU") && union.Admits(null) && world.Admits(null));
        Assert.False(union.Admits("US") || world.Admits("EU"));
    }

    [Fact]
    public void Steward_of_a_stamp_advises_unless_it_is_to_do_less()
    {
        Assert.Equal("advise", ThePlanet.AsSeenFrom(America).Steward.Mode);
        Assert.Equal("observe", (ThePlanet with { Steward = new() { Mode = "observe" } }).AsSeenFrom(America).Steward.Mode);
    }

    [Fact]
    public void Directory_is_in_every_region_and_one_takes_its_writes()
    {
        var directory = ThePlanet.Directory();

        Assert.Equal([("westeurope", 100), ("eastus", 101), ("northeurope", 102), ("southeastasia", 103)], directory.Regions.Select(r => (r.Name, r.Index)));
        Assert.Equal(America.InDirectory(), directory.Region("eastus"));
        Assert.Equal((true, 0, "directory"), (directory.Backplane.HasOneWriteRegion, directory.Backplane.OfflineAfterMs, directory.Backplane.Database));
        Assert.Equal(ThePlanet.Links, directory.Links);
        Assert.Empty(directory.Stamps);
    }

    [Fact]
    public void Planets_of_stamps_and_directory_are_read_as_they_were_written()
    {
        Assert.All([ThePlanet, ThePlanet.Directory(), .. ThePlanet.Stamps.Select(ThePlanet.OfStamp)],
            planet => Assert.Equal(planet, PlanetLoader.Parse(PlanetJson.Write(planet), "round trip")));
    }

    [Fact]
    public void Directory_s_ports_are_the_planet_s_and_in_nobodys_way()
    {
        IReadOnlyList<Region> regions = [.. SpreadOut.Take(100).Select(r => r with { Footprint = RegionFootprints.Zonal, MinReplicas = 3 })];
        var planet = new Planet { Name = "large", Regions = regions, Scale = new(LocalMost: PlanetPorts.MostInstances) };
        var stamped = planet with { Stamps = [new("all", planet.RegionNames)], Tenants = new() };

        var ports = stamped.Ports.All(stamped).ToList();
        var directory = regions.Select(r => r.InDirectory()).SelectMany(r => (int[])[stamped.Ports.BackplaneRegional(r), stamped.Ports.BackplaneAccount(r)]);

        Assert.Equal(directory.Order(), ports.Except(planet.Ports.All(planet)).Order());
        Assert.Equal(3 + 10 * 100 + 2 * 100, ports.Concat(stamped.Ports.FurtherInstances(stamped)).Distinct().Count());
    }

    [Fact]
    public void Services_are_told_of_their_stamp_of_the_whole_planet_and_of_the_directory()
    {
        Assert.All([PlanetEnvironment.ForApi(ThePlanet, America), PlanetEnvironment.ForWorker(ThePlanet, America)], environment =>
        {
            Assert.Equal(ThePlanet.AsSeenFrom(America), Read(environment[PlanetEnvironment.Planet]));
            Assert.Equal(ThePlanet, Read(environment[PlanetEnvironment.WholePlanet]));
            Assert.StartsWith("AccountEndpoint=http://127.0.0.1:8113/;", environment[PlanetEnvironment.Backplane]);
            Assert.StartsWith("AccountEndpoint=http://127.0.0.1:9113/;", environment[PlanetEnvironment.DirectoryConnection]);
            Assert.DoesNotContain(PlanetEnvironment.Directory, environment.Keys);
        });
    }

    [Fact]
    public void Replica_is_told_of_its_stamp_and_of_the_directory_it_keeps_as_well()
    {
        var environment = PlanetEnvironment.ForBackplane(ThePlanet, America, "/data");

        Assert.Equal(ThePlanet.AsSeenFrom(America), Read(environment[PlanetEnvironment.Planet]));
        Assert.Equal(ThePlanet, Read(environment[PlanetEnvironment.WholePlanet]));
        Assert.Equal(ThePlanet.Directory(), Read(environment[PlanetEnvironment.Directory]));
    }

    [Fact]
    public void Router_knows_the_whole_planet() => Assert.Equal(ThePlanet, Read(PlanetEnvironment.ForRouter(ThePlanet)[PlanetEnvironment.Planet]));

    [Fact]
    public void Without_stamps_no_process_is_told_of_any()
    {
        string[] of = [PlanetEnvironment.WholePlanet, PlanetEnvironment.Directory, PlanetEnvironment.DirectoryConnection];
        var region = Plain.Regions[0];
        Assert.All(
            [PlanetEnvironment.ForApi(Plain, region), PlanetEnvironment.ForWorker(Plain, region), PlanetEnvironment.ForBackplane(Plain, region, null), PlanetEnvironment.ForRouter(Plain)],
            environment => Assert.Empty(environment.Keys.Intersect(of)));
    }

    private static Planet Read(string json) => PlanetLoader.Parse(json, "environment");
}
