using Geode.Topology;

namespace Geode.Topology.Tests;

/// <summary>What a user reads when the file is wrong: one line with the place, the fault and what is allowed.</summary>
public sealed class PlanetErrorsTests
{
    public static TheoryData<string, string> Faults => new()
    {
        { """{}""", "regions: is missing; give a list of regions" },
        { """[]""", "must be an object, not a list" },
        { """{"regions":[]}""", "regions: has 0 regions; allowed are 1 to 254" },
        { """{"regions":"eastus"}""", "regions: must be a list of regions, not \"eastus\"" },
        { """{"regions":["eastus"],"backplane":{"hosts":"dns"}}""", "backplane.hosts: must be one of auto, addresses, names, shared, not 'dns'" },
        { """{"regions":["eastus"],"backplane":{"writeRegions":"two"}}""", "backplane.writeRegions: must be one of multiple, single, not 'two'" },
        { """{"regions":["eastus"],"backplane":{"offlineAfterMs":-1}}""", "backplane.offlineAfterMs: must be a whole number from 0 to 3600000, not -1" },
        { """{"regions":["eastus"],"backplane":{"failoverSwitchMs":20,"failoverNarrowMs":10}}""", "backplane.failoverNarrowMs: 10 is before failoverSwitchMs (20); a region that takes writes is listed, so it must be at least that" },
        { """{"regions":[5]}""", "regions[0]: must be a string, not 5" },
        { """{"regions":[null]}""", "regions[0]: must be an object, not null" },
        { """{"regions":[{}]}""", "regions[0].name: is missing; give a string" },
        { """{"regions":[{"name":null}]}""", "regions[0].name: must not be null; leave the property out instead" },
        { """{"regions":["eastus"],"regoins":[]}""", "unknown property 'regoins' (did you mean 'regions'?); allowed are $schema, name, regions, links, backplane, router, scale, steward, stamps, tenants, attachments, ports" },
        { """{"regions":["eastus","westeurop"]}""", "regions[1]: 'westeurop' is not an Azure region (did you mean 'westeurope'?); allowed are Azure's names (westeurope), and made-up ones that give latitude and longitude" },
        { """{"regions":[{"name":"West Europe"}]}""", "regions[0].name: 'West Europe' is not an Azure region (did you mean 'westeurope'?); allowed are Azure's names (westeurope), and made-up ones that give latitude and longitude" },
        { """{"regions":[{"name":"atlantis"}]}""", "regions[0].name: 'atlantis' is not an Azure region; allowed are Azure's names (westeurope), and made-up ones that give latitude and longitude" },
        { """{"regions":["eastus",{"name":"eastus"}]}""", "regions[1].name: region 'eastus' is already used by regions[0]; each may be given once" },
        { """{"regions":["eastus",{"name":"x","displayName":"East US","latitude":0,"longitude":0}]}""", "regions[1].displayName: the display name 'East US' is already used by regions[0]; each may be given once" },
        { """{"regions":["eastus",{"name":"westus","index":0}]}""", "regions[1].index: index 0 is already used by regions[0]; each may be given once" },
        { """{"regions":[{"name":"eastus","colour":1}]}""", "regions[0]: unknown property 'colour'; allowed are name, displayName, latitude, longitude, index, priority, weight, zoneRedundant, footprint, minReplicas, maxReplicas, autonomy, kind, serves, pair" },
        { """{"regions":[{"name":"eastus","Latitude":1}]}""", "regions[0]: unknown property 'Latitude' (did you mean 'latitude'?); allowed are name, displayName, latitude, longitude, index, priority, weight, zoneRedundant, footprint, minReplicas, maxReplicas, autonomy, kind, serves, pair" },
        { """{"regions":[{"name":"Moon Base","latitude":1,"longitude":1}]}""", "regions[0].name: 'Moon Base' is not a legal name; allowed are 1 to 32 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen" },
        { """{"regions":[{"name":"moon","latitude":1}]}""", "regions[0].longitude: is missing; latitude and longitude go together" },
        { """{"regions":[{"name":"moon","latitude":90.5,"longitude":1}]}""", "regions[0].latitude: must be a number from -90 to 90, not 90.5" },
        { """{"regions":[{"name":"moon","latitude":1,"longitude":"5"}]}""", "regions[0].longitude: must be a number from -180 to 180, not \"5\"" },
        { """{"regions":[{"name":"eastus","displayName":" "}]}""", "regions[0].displayName: ' ' is not a display name; allowed are 1 to 64 characters without spaces around them" },
        { """{"regions":[{"name":"eastus","priority":6}]}""", "regions[0].priority: must be a whole number from 1 to 5, not 6" },
        { """{"regions":[{"name":"eastus","priority":1.5}]}""", "regions[0].priority: must be a whole number from 1 to 5, not 1.5" },
        { """{"regions":[{"name":"eastus","weight":0}]}""", "regions[0].weight: must be a whole number from 1 to 1000, not 0" },
        { """{"regions":[{"name":"eastus","weight":1e400}]}""", "regions[0].weight: must be a whole number from 1 to 1000, not 1e400" },
        { """{"regions":[{"name":"eastus","zoneRedundant":"true"}]}""", "regions[0].zoneRedundant: must be true or false, not \"true\"" },
        { """{"regions":[{"name":"eastus","minReplicas":11}]}""", "regions[0].minReplicas: 11 is more than maxReplicas, which is 10" },
        { """{"regions":[{"name":"eastus","autonomy":true}]}""", "regions[0].autonomy: must be an object, not true" },
        { """{"regions":[{"name":"eastus","autonomy":{"accept":[]}}]}""", "regions[0].autonomy: unknown property 'accept' (did you mean 'accepts'?); allowed are accepts, floor, ceiling" },
        { """{"regions":[{"name":"eastus","autonomy":{"accepts":["scale","stop"]}}]}""", "regions[0].autonomy.accepts[1]: must be one of scale, steer, drain, not 'stop'" },
        { """{"regions":[{"name":"eastus","autonomy":{"accepts":"scale"}}]}""", "regions[0].autonomy.accepts: must be a list of actions, not \"scale\"" },
        { """{"regions":[{"name":"eastus","autonomy":{"floor":-1}}]}""", "regions[0].autonomy.floor: must be a whole number from 0 to 1000, not -1" },
        { """{"regions":[{"name":"eastus","autonomy":{"floor":11}}]}""", "regions[0].autonomy.floor: a floor of 11 is more than the ceiling, which is 10" },
        { """{"regions":[{"name":"eastus","minReplicas":3,"autonomy":{"ceiling":2}}]}""", "regions[0].autonomy.ceiling: a floor of 3 is more than the ceiling, which is 2" },
        { """{"regions":[{"name":"eastus","kind":"ship"}]}""", "regions[0].kind: must be one of cloud, edge, not 'ship'" },
        { """{"regions":[{"name":"eastus","serves":["london"]}]}""", "regions[0].serves: is for a region of the kind 'edge'; clients of any place may be sent to this one" },
        { """{"regions":["eastus",{"name":"westus","kind":"edge","serves":["lundon"]}]}""", "regions[1].serves[0]: 'lundon' is no place (did you mean 'london'?); allowed are cities (amsterdam) and Azure's regions" },
        { """{"regions":["eastus",{"name":"westus","kind":"edge","serves":"london"}]}""", "regions[1].serves: must be a list of places, not \"london\"" },
        { """{"regions":["eastus",{"name":"westus","kind":"edge","serves":["london"]},{"name":"westus2","kind":"edge","serves":["London"]}]}""", "regions: 'london' is served by westus and by westus2; clients of a place are one edge's" },
        { """{"regions":[{"name":"eastus","kind":"edge"}]}""", "regions: has no region but the edge's; at least one must be of the kind 'cloud'" },
        { """{"regions":["eastus",{"name":"westus","kind":"edge","priority":2}]}""", "regions[1].priority: is not for a region of the kind 'edge': its own clients come to it first, and no others" },
        { """{"regions":["eastus",{"name":"westus","kind":"edge","zoneRedundant":true}]}""", "regions[1].zoneRedundant: is not for a region of the kind 'edge': it has no zones" },
        { """{"regions":["eastus",{"name":"westus","kind":"edge","footprint":"zonal"}]}""", "regions[1].footprint: is not for a region of the kind 'edge': it has no zones" },
        { """{"regions":[{"name":"eastus","footprint":"zoned"}]}""", "regions[0].footprint: must be one of regional, zonal, zone, not 'zoned'" },
        { """{"regions":[{"name":"eastus","footprint":"zone","zoneRedundant":true}]}""", "regions[0].zoneRedundant: is true, but the footprint is 'zone': that is one zone" },
        { """{"regions":[{"name":"eastus","footprint":"zonal","zoneRedundant":false}]}""", "regions[0].zoneRedundant: is false, but the footprint is 'zonal': that is a geode in each zone" },
        { """{"regions":[{"name":"eastus","footprint":"zonal","minReplicas":0}]}""", "regions[0].minReplicas: 0 is not enough for a geode in each of 3 zones; with the footprint 'zonal' allowed are 3 to 1000" },
        { """{"regions":[{"name":"eastus","footprint":"zonal","maxReplicas":2}]}""", "regions[0].maxReplicas: 2 is not enough for a geode in each of 3 zones; with the footprint 'zonal' allowed are 3 to 1000" },
        { """{"regions":[{"name":"eastus","footprint":"zonal"},{"name":"eastus-1","latitude":1,"longitude":2}]}""", "regions: a region cannot be called 'eastus-1' beside 'eastus': so are that one's instances and zones" },
        { """{"regions":["eastus",{"name":"eastus-2","latitude":1,"longitude":2}]}""", "regions: a region cannot be called 'eastus-2' beside 'eastus': so are that one's instances and zones" },
        { """{"regions":["eastus",{"name":"westus","kind":"edge","autonomy":{}}]}""", "regions[1].autonomy: is not for a region of the kind 'edge': no plan for the planet counts on it" },
        { """{"regions":["eastus",{"name":"westus","kind":"edge"}],"backplane":{"kind":"azure"}}""", "backplane.kind: 'azure' has no replica at the edge, where westus is; allowed is local" },
        { """{"regions":["eastus",{"name":"westus","kind":"edge"}],"backplane":{"writeRegions":"single"}}""", "backplane.writeRegions: 'single' leaves westus, which is at the edge, without writes whenever its link is down; allowed is multiple" },
        { """{"regions":["eastus"],"steward":{"mode":"rule"}}""", "steward.mode: must be one of observe, advise, act, not 'rule'" },
        { """{"regions":["eastus"],"steward":{"holdSeconds":-1}}""", "steward.holdSeconds: must be a whole number from 0 to 86400, not -1" },
        { """{"regions":[{"name":"eastus","index":254}]}""", "regions[0].index: must be a whole number from 0 to 253, not 254" },
        { """{"name":"-","regions":["eastus"]}""", "name: '-' is not a legal name; allowed are 1 to 32 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen" },
        { """{"regions":["eastus"],"links":[{"from":"eastus","to":"westus","delayMs":1}]}""", "links[0].to: 'westus' is not a region of this planet (did you mean 'eastus'?); allowed are eastus" },
        { """{"regions":["eastus"],"links":[{"from":"eastus","to":"eastus","delayMs":1}]}""", "links[0].to: 'eastus' is linked to itself; allowed are links between two regions" },
        { """{"regions":["eastus","westus"],"links":[{"from":"eastus","to":"westus"}]}""", "links[0].delayMs: is missing; give a number from 0 to 60000" },
        { """{"regions":["eastus","westus"],"links":[{"from":"eastus","to":"westus","delayMs":1},{"from":"eastus","to":"westus","delayMs":1}]}""", "links[1]: the link from 'eastus' to 'westus' is given twice; give it once" },
        { """{"regions":["eastus"],"backplane":{"kind":"cosmos"}}""", "backplane.kind: must be one of local, emulator, azure, not 'cosmos'" },
        { """{"regions":["eastus"],"backplane":{"consistency":"session"}}""", "backplane.consistency: must be one of Strong, BoundedStaleness, Session, ConsistentPrefix, Eventual, not 'session'" },
        { """{"regions":["eastus"],"backplane":{"database":"a/b"}}""", "backplane.database: 'a/b' is not a legal database name; allowed are 1 to 255 characters other than / \\ # ? and not ending with a space" },
        { """{"regions":["eastus"],"router":{"latencyWindowMs":-1}}""", "router.latencyWindowMs: must be a number of at least 0, not -1" },
        { """{"regions":["eastus"],"router":7}""", "router: must be an object, not 7" },
        { """{"regions":["eastus"],"scale":{"concurrentRequests":0}}""", "scale.concurrentRequests: must be a whole number from 1 to 10000, not 0" },
        { """{"regions":["eastus"],"scale":{"pollSeconds":0.5}}""", "scale.pollSeconds: must be a whole number from 1 to 3600, not 0.5" },
        { """{"regions":["eastus"],"scale":{"cooldownSeconds":-1}}""", "scale.cooldownSeconds: must be a whole number from 0 to 86400, not -1" },
        { """{"regions":["eastus"],"scale":{"localMost":8}}""", "scale.localMost: must be a whole number from 1 to 7, not 8" },
        { """{"regions":["eastus"],"ports":{"base":80}}""", "ports.base: must be a whole number from 1025 to 65512, not 80" },
        { """{"regions":["eastus","westus"],"ports":{"base":65510}}""", "ports.base: must be a whole number from 1025 to 65502, not 65510" },
        { """{"regions":["eastus"],"stamps":"a"}""", "stamps: must be a list of stamps, not \"a\"" },
        { """{"regions":["eastus"],"stamps":["a"]}""", "stamps[0]: must be an object, not \"a\"" },
        { """{"regions":["eastus"],"stamps":[{"name":"a","region":"eastus"}]}""", "stamps[0]: unknown property 'region' (did you mean 'regions'?); allowed are name, regions, residency" },
        { """{"regions":["eastus"],"stamps":[{"regions":["eastus"]}]}""", "stamps[0].name: is missing; give a string" },
        { """{"regions":["eastus"],"stamps":[{"name":"A","regions":["eastus"]}]}""", "stamps[0].name: 'A' is not a legal name; allowed are 1 to 32 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen" },
        { """{"regions":["eastus","westus"],"stamps":[{"name":"a","regions":["eastus"]},{"name":"a","regions":["westus"]}]}""", "stamps[1].name: stamp 'a' is given twice; each may be given once" },
        { """{"regions":["eastus"],"stamps":[{"name":"a"}]}""", "stamps[0].regions: is missing; give a list of regions" },
        { """{"regions":["eastus"],"stamps":[{"name":"a","regions":[]}]}""", "stamps[0].regions: has 0 regions; allowed are 1 to 254" },
        { """{"regions":["eastus"],"stamps":[{"name":"a","regions":["westus"]}]}""", "stamps[0].regions[0]: 'westus' is not a region of this planet (did you mean 'eastus'?); allowed are eastus" },
        { """{"regions":["eastus","westus"],"stamps":[{"name":"a","regions":["eastus"]},{"name":"b","regions":["westus","eastus"]}]}""", "stamps[1].regions[1]: 'eastus' is in stamp 'a' already; each region is in one" },
        { """{"regions":["eastus","westus"],"stamps":[{"name":"a","regions":["eastus"]}]}""", "stamps: region 'westus' is in no stamp; where there are stamps, each region is in one" },
        { """{"regions":["eastus"],"stamps":[{"name":"a","regions":["eastus"],"residency":"eu"}]}""", "stamps[0].residency: must be one of EU, AE, AT, AU, BE, BR, CA, CH, CL, DE, DK, ES, FR, GB, HK, ID, IE, IL, IN, IT, JP, KR, MX, MY, NL, NO, NZ, PL, QA, SE, SG, TW, US, ZA, not 'eu'" },
        { """{"regions":["westeurope","uksouth"],"stamps":[{"name":"a","regions":["westeurope","uksouth"],"residency":"EU"}]}""", "stamps[0].regions[1]: 'uksouth' is not in EU, where the data of this stamp has to stay" },
        { """{"regions":["eastus"],"tenants":{"by":"host"}}""", "tenants: has no meaning without stamps" },
        { """{"regions":["eastus"],"stamps":[],"tenants":{}}""", "tenants: has no meaning without stamps" },
        { """{"regions":["eastus"],"stamps":[{"name":"a","regions":["eastus"]}],"tenants":"host"}""", "tenants: must be an object, not \"host\"" },
        { """{"regions":["eastus"],"stamps":[{"name":"a","regions":["eastus"]}],"tenants":{"from":"host"}}""", "tenants: unknown property 'from'; allowed are by, header" },
        { """{"regions":["eastus"],"stamps":[{"name":"a","regions":["eastus"]}],"tenants":{"by":"claim"}}""", "tenants.by: must be one of header, host, path, not 'claim'" },
        { """{"regions":["eastus"],"stamps":[{"name":"a","regions":["eastus"]}],"tenants":{"by":"path","header":"X-Org"}}""", "tenants.header: has no meaning where tenants are told by 'path'; allowed with 'header' only" },
        { """{"regions":["eastus"],"stamps":[{"name":"a","regions":["eastus"]}],"tenants":{"header":"X Tenant"}}""", "tenants.header: 'X Tenant' is not the name of a header; allowed are 1 to 64 letters, digits and hyphens" },
        { """{"regions":["eastus"],"stamps":[{"name":"a","regions":["eastus"]}],"tenants":{"header":""}}""", "tenants.header: '' is not the name of a header; allowed are 1 to 64 letters, digits and hyphens" },
        { """{"regions":["eastus",{"name":"westus","kind":"edge"}],"stamps":[{"name":"a","regions":["eastus"]},{"name":"b","regions":["westus"]}]}""", "stamps: are not for a planet with a region of the kind 'edge' ('westus')" },
        { """{"regions":[{"name":"eastus","index":100}],"stamps":[{"name":"a","regions":["eastus"]}]}""", "stamps: leave room for regions with an index below 100; 'eastus' has 100" },
        { """{"regions":["eastus"],"stamps":[{"name":"a","regions":["eastus"]}],"backplane":{"kind":"emulator"}}""", "backplane.kind: 'emulator' is one account for all regions, and stamps have one each; with stamps allowed are local, azure" },
        { """{"regions":["eastus"],"stamps":[{"name":"a","regions":["eastus"]}],"steward":{"mode":"act"}}""", "steward.mode: 'act' is for one steward, and each stamp has its own; with stamps allowed are observe, advise" },
        { """{"regions":["eastus","westus"],"stamps":[{"name":"a","regions":["eastus"]},{"name":"b","regions":["westus"]}],"ports":{"base":64503}}""", "ports.base: must be a whole number from 1025 to 64502, not 64503" },
        { """{"regions":["eastus"],"attachments":true}""", "attachments: must be an object, not true" },
        { """{"regions":["eastus"],"attachments":{"maxMegabyte":1}}""", "attachments: unknown property 'maxMegabyte' (did you mean 'maxMegabytes'?); allowed are maxMegabytes" },
        { """{"regions":["eastus"],"attachments":{"maxMegabytes":257}}""", "attachments.maxMegabytes: must be a whole number from 1 to 256, not 257" },
        { """{"regions":["eastus"],"attachments":{},"backplane":{"kind":"emulator"}}""", "attachments: are kept by the local backplane, or in Azure; with backplane.kind 'emulator' there is nobody to keep them; allowed are local, azure" },
        { """{"regions":["eastus",{"name":"westus","kind":"edge"}],"attachments":{}}""", "attachments: are not for a planet with a region of the kind 'edge' ('westus'): what is attached there would be out of reach whenever its link is down" },
        { """{"regions":[{"name":"eastus","pair":"westus"},"westus"]}""", "regions[0].pair: has no meaning without attachments" },
        { """{"regions":["eastus",{"name":"westus","pair":"eastuss"}],"attachments":{}}""", "regions[1].pair: 'eastuss' is not a region of this planet (did you mean 'eastus'?); allowed are eastus" },
        { """{"regions":["eastus",{"name":"westus","pair":"westus"}],"attachments":{}}""", "regions[1].pair: 'westus' is the region itself; its pair is another region of this planet" },
        { """{"regions":[{"name":"eastus","pair":"westus"},"westus"],"attachments":{},"stamps":[{"name":"a","regions":["eastus"]},{"name":"b","regions":["westus"]}]}""", "regions[0].pair: 'westus' is in another stamp, and stamps share no data; allowed is another region of stamp 'a'" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Names_the_place_the_fault_and_what_is_allowed(string json, string message)
    {
        var error = Assert.Throws<PlanetException>(() => PlanetLoader.Parse(json, "geode.json"));
        Assert.Equal($"geode.json: {message}", error.Message);
    }

    [Theory]
    [InlineData("{\n  \"regions\": [\"eastus\"]\n  \"name\": 1 }", "geode.json: line 3, column 3: not valid JSON: ")]
    [InlineData("{ \"name\": \"é\", ! }", "geode.json: line 1, column 16: not valid JSON: ")]
    [InlineData("", "geode.json: line 1, column 1: not valid JSON: ")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}", "geode.json: not valid JSON: ")]
    public void Malformed_JSON_gives_line_and_column(string json, string message)
    {
        var error = Assert.Throws<PlanetException>(() => PlanetLoader.Parse(json, "geode.json"));
        Assert.StartsWith(message, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain("BytePosition", error.Message);
    }

    [Fact]
    public void Unknown_region_of_a_planet_lists_its_regions()
    {
        var planet = PlanetLoader.Parse("""{"regions":["eastus","westus"]}""", "t");
        var error = Assert.Throws<PlanetException>(() => planet.Region("northus"));
        Assert.Equal("Unknown region 'northus'. This planet has: eastus, westus.", error.Message);
    }
}
