namespace Geode.Topology;

/// <summary>Reads the stamps and how a request says which tenant it is for, and what stamps exclude.</summary>
internal static class StampReader
{
    public static IReadOnlyList<Stamp> Read(JsonPlace place, IReadOnlyList<Region> regions)
    {
        if (!place.Exists)
            return [];
        var stamps = new List<Stamp>();
        var owners = new Dictionary<string, string>();
        foreach (var item in place.Array(what: "stamps"))
        {
            item.Object(PlanetShape.Stamp);
            var name = PlanetReader.LegalName(item["name"]);
            if (stamps.Any(s => s.Name == name))
                throw item["name"].Error($"stamp '{name}' is given twice; each may be given once");
            stamps.Add(new(name, [.. item["regions"].Array(1, PlanetShape.MostRegions, "regions").Select(r => Own(r, name, regions, owners))])
            {
                Residency = Residency(item),
            });
        }

        if (stamps.Count > 0 && regions.FirstOrDefault(r => !owners.ContainsKey(r.Name)) is { } left)
            throw place.Error($"region '{left.Name}' is in no stamp; where there are stamps, each region is in one");
        return stamps;
    }

    /// <returns>Null where there are no stamps.</returns>
    public static TenantSettings? Tenants(JsonPlace place, IReadOnlyList<Stamp> stamps)
    {
        if (stamps.Count == 0)
            return place.Exists ? throw place.Error("has no meaning without stamps") : null;
        var defaults = new TenantSettings();
        if (!place.Exists)
            return defaults;
        place.Object(PlanetShape.Tenants);
        var (by, header) = (place["by"].OneOf(defaults.By, TenantSources.All), place["header"].Text(defaults.Header));
        // What one process writes for another has the default in any case.
        if (by != TenantSources.Header && header != defaults.Header)
            throw place["header"].Error($"has no meaning where tenants are told by '{by}'; allowed with '{TenantSources.Header}' only");
        return TenantSettings.IsHeader(header)
            ? new(by, header)
            : throw place["header"].Error($"'{header}' is not the name of a header; allowed are 1 to {TenantSettings.LongestHeader} letters, digits and hyphens");
    }

    /// <summary>What cannot be where there are stamps.</summary>
    public static void Check(JsonPlace root, Planet planet)
    {
        if (planet.Stamps.Count == 0)
            return;
        var place = root["stamps"];
        if (planet.Regions.FirstOrDefault(r => r.IsEdge) is { } edge)
            throw place.Error($"are not for a planet with a region of the kind '{RegionKinds.Edge}' ('{edge.Name}')");
        if (planet.Regions.FirstOrDefault(r => r.Index >= PlanetStamps.FirstOfDirectory) is { } far)
            throw place.Error($"leave room for regions with an index below {PlanetStamps.FirstOfDirectory}; '{far.Name}' has {far.Index}");
        if (planet.Backplane.Kind == "emulator")
            throw root["backplane"]["kind"].Error($"'{planet.Backplane.Kind}' is one account for all regions, and stamps have one each; with stamps allowed are local, azure");
        if (planet.Steward.Mode == "act")
            throw root["steward"]["mode"].Error($"'act' is for one steward, and each stamp has its own; with stamps allowed are {string.Join(", ", StewardSettings.Modes.Where(m => m != "act"))}");
    }

    private static string Own(JsonPlace place, string stamp, IReadOnlyList<Region> regions, Dictionary<string, string> owners)
    {
        var name = place.Text();
        var known = regions.Select(r => r.Name).ToList();
        if (!known.Contains(name))
            throw place.Error($"'{name}' is not a region of this planet{Spelling.DidYouMean(name, known)}; allowed are {string.Join(", ", known)}");
        return owners.TryAdd(name, stamp) ? name : throw place.Error($"'{name}' is in stamp '{owners[name]}' already; each region is in one");
    }

    private static string? Residency(JsonPlace stamp)
    {
        var place = stamp["residency"];
        if (!place.Exists)
            return null;
        var residency = place.OneOf("", Residencies.All);
        foreach (var region in stamp["regions"].Array())
        {
            if (!Residencies.Has(residency, region.Text()))
                throw region.Error($"'{region.Text()}' is not in {residency}, where the data of this stamp has to stay");
        }

        return residency;
    }
}
