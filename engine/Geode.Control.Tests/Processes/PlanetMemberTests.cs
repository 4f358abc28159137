using Geode.Control.Processes;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Control.Tests.Processes;

public sealed class PlanetMemberTests
{
    private static readonly Planet Planet = FreePlanets.On(8080, "westeurope", "eastus");
    private static readonly Region Region = Planet.Regions[1];
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public void Names_ports_and_health_follow_from_the_planet()
    {
        Assert.Equal(("api-eastus", 8110, "http://127.0.0.1:8110/health/ready"), Seen(PlanetMember.Api(Planet, Region, Nothing)));
        Assert.Equal(("worker-eastus", 8111, "http://127.0.0.1:8111/health/ready"), Seen(PlanetMember.Worker(Planet, Region, Nothing)));
        Assert.Equal(("backplane-eastus", 8113, "http://127.0.0.1:8113/_backplane/health"), Seen(PlanetMember.Replica(Planet, Region, null, "data", Nothing)));
        Assert.Equal(("router", 8080, "http://127.0.0.1:8081/health/ready"), Seen(PlanetMember.Router(Planet, null, Nothing)));
    }

    [Fact]
    public void A_service_knows_where_the_control_API_is_and_the_router_where_the_planet_is_kept()
    {
        Assert.Equal("http://127.0.0.1:8079", PlanetMember.Api(Planet, Region, Nothing).Environment[PlanetEnvironment.Control]);
        Assert.Equal("http://127.0.0.1:8079", PlanetMember.Worker(Planet, Region, Nothing).Environment[PlanetEnvironment.Control]);
        Assert.Equal("planet.json", PlanetMember.Router(Planet, "planet.json", Nothing).Environment[PlanetEnvironment.Planet]);
        Assert.Equal("true", PlanetMember.Router(Planet, "planet.json", Nothing).Environment[PlanetEnvironment.PlanetAsItIs]);
        Assert.StartsWith("{", PlanetMember.Router(Planet, null, Nothing).Environment[PlanetEnvironment.Planet], StringComparison.Ordinal);
    }

    [Fact]
    public void The_user_has_the_last_word_on_what_has_a_default_and_none_on_what_makes_it_a_geode()
    {
        var told = PlanetMember.Api(Planet, Region, new Dictionary<string, string> { ["Geode__DrainMs"] = "1500", [PlanetEnvironment.Region] = "mars" }).Environment;

        Assert.Equal(("1500", "eastus"), (told["Geode__DrainMs"], told[PlanetEnvironment.Region]));
    }

    [Fact]
    public void Who_joins_is_told_how_often_regions_have_changed() =>
        Assert.Equal("4", PlanetMember.Worker(Planet, Region, Nothing, version: 4).Environment[PlanetEnvironment.Version]);

    [Fact]
    public void A_further_instance_has_a_number_a_name_and_a_port_of_its_own()
    {
        var second = PlanetMember.Api(Planet, Region, Nothing, instance: 2);

        Assert.Equal(("api-eastus-2", 8114, "http://127.0.0.1:8114/health/ready"), Seen(second));
        Assert.Equal((2, "http://127.0.0.1:8114"), (second.Instance, second.Environment[PlanetEnvironment.Urls]));
        Assert.Equal(1, PlanetMember.Api(Planet, Region, Nothing).Instance);
    }

    [Fact]
    public void The_Worker_of_a_further_zone_has_a_number_a_name_and_a_port_of_its_own()
    {
        var zonal = Region with { Footprint = RegionFootprints.Zonal };
        var third = PlanetMember.Worker(Planet, zonal, Nothing, zone: 3);

        Assert.Equal(("worker-eastus-3", 8119, "http://127.0.0.1:8119/health/ready"), Seen(third));
        Assert.Equal((3, "http://127.0.0.1:8119"), (third.Instance, third.Environment[PlanetEnvironment.Urls]));
        Assert.True(third.IsFirst);
        Assert.Equal((true, false), (PlanetMember.Api(Planet, zonal, Nothing, instance: 3).IsFirst, PlanetMember.Api(Planet, zonal, Nothing, instance: 4).IsFirst));
        Assert.False(PlanetMember.Api(Planet, Region, Nothing, instance: 2).IsFirst);
    }

    [Fact]
    public void The_router_knows_whom_to_ask_for_a_geode_that_sleeps() =>
        Assert.Equal("http://127.0.0.1:8079", PlanetMember.Router(Planet, null, Nothing).Environment[PlanetEnvironment.Wake]);

    private static (string, int, string) Seen(PlanetMember member) => (member.Name, member.Port, member.Health.ToString());
}
