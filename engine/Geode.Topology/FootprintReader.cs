namespace Geode.Topology;

/// <summary>Reads over how much of a region its geode is spread, and what follows from that.</summary>
internal static class FootprintReader
{
    /// <summary>Fewest instances of a region unless it says otherwise.</summary>
    public static int LeastInstances(string footprint) => footprint == RegionFootprints.Zonal ? RegionFootprints.ZonesOfARegion : 1;

    public static Region Read(JsonPlace place, Region region)
    {
        if (region.IsEdge && region.Footprint != RegionFootprints.Regional)
            throw place["footprint"].Error($"is not for a region of the kind '{RegionKinds.Edge}': it has no zones");
        if (region.Footprint == RegionFootprints.Zone && region.ZoneRedundant)
            throw place["zoneRedundant"].Error($"is true, but the footprint is '{RegionFootprints.Zone}': that is one zone");
        return region.Footprint == RegionFootprints.Zonal ? Zonal(place, region) : region;
    }

    private static Region Zonal(JsonPlace place, Region region)
    {
        if (place["zoneRedundant"].Exists && !region.ZoneRedundant)
            throw place["zoneRedundant"].Error($"is false, but the footprint is '{RegionFootprints.Zonal}': that is a geode in each zone");
        foreach (var (setting, count) in new[] { ("minReplicas", region.MinReplicas), ("maxReplicas", region.MaxReplicas) })
        {
            if (count < region.Zones)
                throw place[setting].Error($"{count} is not enough for a geode in each of {region.Zones} zones; with the footprint '{RegionFootprints.Zonal}' allowed are {region.Zones} to {PlanetShape.MostReplicas}");
        }

        return region with { ZoneRedundant = true };
    }

    /// <summary>What a region is called is not what an instance or a zone of another is called.</summary>
    public static void Check(JsonPlace list, IReadOnlyList<Region> regions)
    {
        foreach (var region in regions)
        {
            var mistaken = regions.FirstOrDefault(other => Numbers(other).Any(number => other.GeodeOf(number) == region.Name));
            if (mistaken is not null)
                throw list.Error($"a region cannot be called '{region.Name}' beside '{mistaken.Name}': so are that one's instances and zones");
        }

        // Its first instance has no number, its first zone has.
        static IEnumerable<int> Numbers(Region region) => Enumerable.Range(1, PlanetPorts.MostInstances).Skip(region.Zones == 1 ? 1 : 0);
    }
}
