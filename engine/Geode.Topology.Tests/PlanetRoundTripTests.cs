using FsCheck;
using FsCheck.Fluent;
using Geode.Topology;

namespace Geode.Topology.Tests;

/// <summary>What one process writes for another is read back as the same planet.</summary>
public sealed class PlanetRoundTripTests
{
    [Fact]
    public void Written_planet_is_read_back_equal() => Prop.ForAll(Planets().ToArbitrary(), planet =>
    {
        var json = PlanetJson.Write(planet);
        return !json.Contains('\n') && PlanetLoader.Parse(json, "round trip").Equals(planet);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Planets_that_differ_are_not_equal()
    {
        var planet = new Planet { Name = "a", Regions = SpreadOut.Take(3), Links = [new("westeurope", "eastus", 5)] };
        Assert.Equal(planet, planet with { Regions = [.. planet.Regions] });
        Assert.NotEqual(planet, planet with { Regions = SpreadOut.Take(2) });
        Assert.NotEqual(planet, planet with { Links = [] });
        Assert.NotEqual(planet, planet with { Attachments = new() });
        Assert.NotEqual(planet, planet with { Regions = [planet.Regions[0] with { Pair = "eastus" }, .. planet.Regions.Skip(1)] });
        Assert.NotEqual(planet, planet with { Ports = new(9000) });
        var stamped = planet with { Stamps = [new("a", planet.RegionNames)], Tenants = new() };
        Assert.Equal(stamped, stamped with { Stamps = [new("a", [.. planet.RegionNames])] });
        Assert.NotEqual(planet, stamped);
        Assert.NotEqual(stamped, stamped with { Stamps = [new("a", planet.RegionNames) { Residency = "EU" }] });
        Assert.NotEqual(stamped, stamped with { Stamps = [new("a", [planet.RegionNames[0]])] });
        Assert.NotEqual(stamped, stamped with { Tenants = new(TenantSources.Path) });
    }

    private static Gen<Planet> Planets() =>
        from count in Gen.Choose(1, 40)
        from picks in Gen.ListOf(Regions(), count)
        from links in Gen.Choose(0, 8)
        from ends in Gen.ListOf(from a in Gen.Choose(0, 39) from b in Gen.Choose(0, 39) from ms in Gen.Choose(0, 600_000) select (a, b, ms), links)
        from kind in Gen.Elements("local", "emulator", "azure")
        from database in Gen.Elements("qna", "Größe 1", "a\"b'<>&")
        from consistency in Gen.Elements("Strong", "BoundedStaleness", "Session", "ConsistentPrefix", "Eventual")
        from window in Gen.Choose(0, 100_000)
        from port in Gen.Choose(1025, 60_000)
        from scale in Gen.Elements(new ScaleSettings(), new(1, 1, 0, 7), new(10_000, 3600, 86_400, 1))
        from steward in Gen.Elements(new StewardSettings(), new(0, 1, 1) { Mode = "act" }, new(86_400, 600, 1440) { Mode = "observe" })
        from groups in Gen.Choose(0, 3)
        from tenants in Gen.Elements(new TenantSettings(), new(Header: "X-Org"), new(TenantSources.Host), new(TenantSources.Path))
        from attachments in Gen.Elements(null, new AttachmentSettings(), new(256))
        let regions = picks.DistinctBy(r => r.Name).Select((r, i) => r with { Index = i }).ToList()
        let stamps = groups == 0 ? [] : regions.GroupBy(r => r.Index % groups).Select(Stamped).ToList()
        select new Planet
        {
            Name = "round-trip",
            Regions = regions,
            Links =
            [
                .. ends.Select(e => new LinkSetting(regions[e.a % regions.Count].Name, regions[e.b % regions.Count].Name, e.ms / 10.0))
                    .Where(l => l.From != l.To)
                    .DistinctBy(l => (l.From, l.To)),
            ],
            Backplane = new(stamps.Count > 0 && kind == "emulator" ? "local" : kind, database, regions.Count > 1 && consistency == "Strong" ? "Session" : consistency),
            Router = new(window / 100.0),
            Scale = scale,
            Steward = stamps.Count > 0 && steward.Mode == "act" ? steward with { Mode = "advise" } : steward,
            Stamps = stamps,
            Tenants = stamps.Count > 0 ? tenants : null,
            Attachments = (stamps.Count > 0 ? "local" : kind) == "emulator" ? null : attachments,
            Ports = new(port),
        };

    private static Stamp Stamped(IGrouping<int, Region> regions) => new($"stamp-{regions.Key}", [.. regions.Select(r => r.Name)])
    {
        Residency = Residencies.All.FirstOrDefault(residency => regions.All(r => Residencies.Has(residency, r.Name))),
    };

    private static Gen<Region> Regions() =>
        from azure in Gen.Elements(AzureRegions.All.ToArray())
        from madeUp in Gen.Choose(0, 1)
        from number in Gen.Choose(1, 999)
        from latitude in Gen.Choose(-90_000_000, 90_000_000)
        from longitude in Gen.Choose(-180_000_000, 180_000_000)
        from priority in Gen.Choose(1, 5)
        from weight in Gen.Choose(1, 1000)
        from zones in Gen.Choose(0, 1)
        from footprint in Gen.Elements(RegionFootprints.All.ToArray())
        from least in Gen.Choose(0, 1000)
        from more in Gen.Choose(0, 1000)
        from autonomy in Gen.Elements(null, new RegionAutonomy(), new() { Accepts = [] }, new() { Accepts = ["drain", "scale"], Floor = 0 }, new() { Ceiling = 1000 })
        let at = madeUp == 1
            ? new Region($"place-{number}", $"Ort №{number} \"ü\"", latitude / 1e6, longitude / 1e6, 0)
            : new Region(azure.Name, azure.DisplayName, azure.Latitude, azure.Longitude, 0)
        let zonal = footprint == RegionFootprints.Zonal
        let fewest = Math.Max(least, zonal ? RegionFootprints.ZonesOfARegion : 0)
        select at with
        {
            Priority = priority,
            Weight = weight,
            ZoneRedundant = zonal || (zones == 1 && footprint == RegionFootprints.Regional),
            Footprint = footprint,
            MinReplicas = fewest,
            MaxReplicas = Math.Clamp(fewest + more, 1, 1000),
            Autonomy = autonomy,
        };
}
