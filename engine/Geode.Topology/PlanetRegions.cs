namespace Geode.Topology;

/// <summary>The same planet with other regions: for the command line, and for growing and shrinking while it runs. What refers to
/// a region that is gone goes with it.</summary>
public static class PlanetRegions
{
    /// <summary>These regions instead, numbered from 0.</summary>
    /// <exception cref="PlanetException">Not a valid planet: no region, too many, or one twice.</exception>
    public static Planet WithRegions(this Planet planet, IEnumerable<Region> regions) =>
        Valid(planet, [.. regions.Select((r, i) => r with { Index = i })]);

    /// <summary>The regions of these names instead: those of the planet keep their settings, others are Azure's.</summary>
    /// <exception cref="PlanetException">Not a valid planet, or an unknown name.</exception>
    public static Planet WithRegions(this Planet planet, IEnumerable<string> names) =>
        planet.WithRegions(names.Select(name => planet.Find(name) ?? Azure(name)));

    /// <summary>One region more. The others keep their numbers, and with them their ports.</summary>
    /// <exception cref="PlanetException">It is there already, or there is no room for it.</exception>
    public static Planet Adding(this Planet planet, Region region)
    {
        if (planet.Regions.Count == PlanetShape.MostRegions)
            throw new PlanetException($"The planet has {PlanetShape.MostRegions} regions already, which is all it can have.");
        var taken = planet.Regions.Select(r => r.Index).ToHashSet();
        // Past the highest first: a gap is the number of a region that is gone, which others may still remember.
        var index = Enumerable.Range(taken.Max() + 1, PlanetShape.MostRegions).First(i => !taken.Contains(i % PlanetShape.MostRegions));
        return Valid(planet, [.. planet.Regions, region with { Index = index % PlanetShape.MostRegions }]);
    }

    /// <summary>One Azure region more.</summary>
    /// <exception cref="PlanetException">See above; also when the name is unknown.</exception>
    public static Planet Adding(this Planet planet, string name) => planet.Adding(Azure(name));

    /// <summary>One region less. The others keep their numbers.</summary>
    /// <exception cref="PlanetException">There is no such region, or no other.</exception>
    public static Planet Removing(this Planet planet, string name)
    {
        var gone = planet.Region(name);
        return Valid(planet, [.. planet.Regions.Where(r => r != gone)]);
    }

    /// <summary>The region of that name (case-insensitive), or null.</summary>
    public static Region? Find(this Planet planet, string name) =>
        planet.Regions.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The geode of that name (case-insensitive): a region's, or that of one of its zones, <c>westeurope-2</c>; null: no such.</summary>
    /// <returns>Zone: null where all of the region is meant.</returns>
    public static (Region Region, int? Zone)? FindGeode(this Planet planet, string name)
    {
        foreach (var geode in planet.Geodes())
        {
            if (string.Equals(NameOf(geode), name, StringComparison.OrdinalIgnoreCase))
                return geode;
        }

        return null;
    }

    /// <summary>What can be broken as one: each region, and each zone of those that have a geode in each.</summary>
    public static IReadOnlyList<string> GeodeNames(this Planet planet) => [.. planet.Geodes().Select(NameOf)];

    private static IEnumerable<(Region Region, int? Zone)> Geodes(this Planet planet) => planet.Regions
        .SelectMany(region => (IEnumerable<(Region, int?)>)[(region, null), .. region.Zones == 1 ? [] : region.ZoneNumbers.Select(zone => (region, (int?)zone))]);

    private static string NameOf((Region Region, int? Zone) geode) => geode.Zone is { } zone ? geode.Region.GeodeOf(zone) : geode.Region.Name;

    private static Region Azure(string name) => AzureRegions.Find(name) is { } r
        ? new(r.Name, r.DisplayName, r.Latitude, r.Longitude, 0)
        : throw new PlanetException($"'{name}' is not an Azure region{Spelling.DidYouMean(name, AzureRegions.All.Select(a => a.Name))}; "
            + "allowed are Azure's names, such as westeurope.");

    private static Planet Valid(Planet planet, IReadOnlyList<Region> regions)
    {
        var names = regions.Select(r => r.Name).ToHashSet();
        regions = [.. regions.Select(r => r.Pair is { } pair && !names.Contains(pair) ? r with { Pair = null } : r)];
        var changed = planet with { Regions = regions, Links = [.. planet.Links.Where(l => names.Contains(l.From) && names.Contains(l.To))] };
        if (planet.Stamps.Count > 0)
        {
            var known = planet.Stamps.SelectMany(s => s.Regions).ToList();
            if (regions.FirstOrDefault(r => !known.Contains(r.Name)) is { } alone)
                throw new PlanetException($"'{alone.Name}' is in no stamp; where there are stamps, each region is in one. Allowed are {string.Join(", ", known)}, and others once geode.json has them in a stamp.");
            changed = changed with { Stamps = [.. planet.Stamps.Select(s => s with { Regions = [.. s.Regions.Where(names.Contains)] }).Where(s => s.Regions.Count > 0)] };
        }

        return PlanetLoader.Parse(PlanetJson.Write(changed), "the planet");
    }
}
