namespace Geode.Topology;

/// <summary>Reads what makes a region one at the edge of the network, and what that excludes.</summary>
internal static class EdgeReader
{
    public static Region Read(JsonPlace place, Region region)
    {
        var serves = place["serves"];
        var read = region with { Serves = serves.Exists ? [.. serves.Array(what: "places").Select(Known).Distinct()] : [] };
        if (!read.IsEdge)
            return read.Serves.Count == 0 ? read : throw serves.Error($"is for a region of the kind '{RegionKinds.Edge}'; clients of any place may be sent to this one");
        var (setting, why) = read.ZoneRedundant ? ("zoneRedundant", "it has no zones")
            : read.Priority != 1 ? ("priority", "its own clients come to it first, and no others")
            : read.Autonomy is not null ? ("autonomy", "no plan for the planet counts on it")
            : (null, null);
        return setting is null ? read : throw place[setting].Error($"is not for a region of the kind '{RegionKinds.Edge}': {why}");
    }

    /// <summary>No place has two edges, and the planet is not all edge.</summary>
    public static void Check(JsonPlace list, IReadOnlyList<Region> regions)
    {
        if (regions.All(region => region.IsEdge))
            throw list.Error($"has no region but the edge's; at least one must be of the kind '{RegionKinds.Cloud}'");
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var region in regions)
        {
            foreach (var place in region.Serves)
            {
                if (!owners.TryAdd(place, region.Name))
                    throw list.Error($"'{place}' is served by {owners[place]} and by {region.Name}; clients of a place are one edge's");
            }
        }
    }

    private static string Known(JsonPlace place)
    {
        var name = place.Text();
        return Places.Find(name)?.Name
            ?? throw place.Error($"'{name}' is no place{Spelling.DidYouMean(name, Places.All.Select(p => p.Name))}; allowed are cities (amsterdam) and Azure's regions");
    }
}
