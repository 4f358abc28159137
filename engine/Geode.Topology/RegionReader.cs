using System.Text.Json.Nodes;

namespace Geode.Topology;

/// <summary>Reads the list of regions: bare names, or objects.</summary>
internal static class RegionReader
{
    public static IReadOnlyList<Region> Read(JsonPlace place)
    {
        var regions = new List<Region>();
        var names = new Dictionary<string, JsonPlace>(StringComparer.OrdinalIgnoreCase);
        var indexes = new Dictionary<int, JsonPlace>();
        foreach (var item in place.Array(1, PlanetShape.MostRegions, "regions"))
        {
            var region = One(item, regions.Count);
            Distinct(names, region.Name, item, NameOf(item), $"region '{region.Name}'");
            // Cosmos DB addresses regions by display name, so that has to tell them apart too.
            if (!string.Equals(region.DisplayName, region.Name, StringComparison.OrdinalIgnoreCase))
                Distinct(names, region.DisplayName, item, item["displayName"], $"the display name '{region.DisplayName}'");
            Distinct(indexes, region.Index, item, item["index"], $"index {region.Index}");
            regions.Add(region);
        }

        EdgeReader.Check(place, regions);
        FootprintReader.Check(place, regions);
        return regions;
    }

    private static Region One(JsonPlace place, int position)
    {
        if (place.Node is JsonValue)
            return At(place, position, NameOf(place).Text());
        place.Object(PlanetShape.Region);
        var name = place["name"].Text();
        var kind = place["kind"].OneOf(RegionKinds.Cloud, RegionKinds.All);
        var footprint = place["footprint"].OneOf(RegionFootprints.Regional, RegionFootprints.All);
        var fewest = place["minReplicas"].Integer(FootprintReader.LeastInstances(footprint), 0, PlanetShape.MostReplicas);
        var region = At(place, position, name) with
        {
            Kind = kind,
            Index = place["index"].Integer(position, 0, PlanetShape.MostRegions - 1),
            Priority = place["priority"].Integer(1, 1, 5),
            Weight = place["weight"].Integer(1000, 1, 1000),
            ZoneRedundant = place["zoneRedundant"].Flag(false),
            Footprint = footprint,
            MinReplicas = fewest,
            Pair = place["pair"].Exists ? place["pair"].Text() : null,
            MaxReplicas = place["maxReplicas"].Integer(kind == RegionKinds.Edge ? Math.Max(1, fewest) : 10, 1, PlanetShape.MostReplicas),
        };
        region = FootprintReader.Read(place, region);
        if (region.MinReplicas > region.MaxReplicas)
            throw place["minReplicas"].Error($"{region.MinReplicas} is more than maxReplicas, which is {region.MaxReplicas}");
        return EdgeReader.Read(place, region with { Autonomy = Autonomy(place["autonomy"], region) });
    }

    private static RegionAutonomy? Autonomy(JsonPlace place, Region region)
    {
        if (!place.Exists)
            return null;
        place.Object(PlanetShape.Autonomy);
        var (floor, ceiling) = (place["floor"], place["ceiling"]);
        var autonomy = new RegionAutonomy
        {
            Accepts = place["accepts"].Exists
                ? [.. place["accepts"].Array(what: "actions").Select(action => action.OneOf("", RegionAutonomy.Actions)).Distinct()]
                : RegionAutonomy.Actions,
            Floor = floor.Exists ? floor.Integer(null, 0, PlanetShape.MostReplicas) : null,
            Ceiling = ceiling.Exists ? ceiling.Integer(null, 1, PlanetShape.MostReplicas) : null,
        };
        if (autonomy.FloorOf(region) > autonomy.CeilingOf(region))
            throw (floor.Exists ? floor : ceiling).Error($"a floor of {autonomy.FloorOf(region)} is more than the ceiling, which is {autonomy.CeilingOf(region)}");
        return autonomy;
    }

    /// <summary>Name and coordinates: the table's, unless the region gives its own.</summary>
    private static Region At(JsonPlace place, int position, string name)
    {
        var (latitude, longitude) = (place["latitude"], place["longitude"]);
        if (latitude.Exists != longitude.Exists)
            throw (latitude.Exists ? longitude : latitude).Error("is missing; latitude and longitude go together");

        var known = AzureRegions.Find(name) is { } found && found.Name == name ? found : null;
        if (known is null && !latitude.Exists)
        {
            throw NameOf(place).Error(
                $"'{name}' is not an Azure region{Spelling.DidYouMean(name, AzureRegions.All.Select(r => r.Name))}; "
                + "allowed are Azure's names (westeurope), and made-up ones that give latitude and longitude");
        }

        PlanetReader.LegalName(NameOf(place));
        return new(
            name,
            DisplayName(place["displayName"], known?.DisplayName ?? name),
            latitude.Number(known?.Latitude, -90, 90),
            longitude.Number(known?.Longitude, -180, 180),
            position);
    }

    private static string DisplayName(JsonPlace place, string fallback)
    {
        var name = place.Text(fallback);
        return name.Trim() == name && name.Length is >= 1 and <= 64 && !name.Any(char.IsControl)
            ? name
            : throw place.Error($"'{name.ReplaceLineEndings(" ")}' is not a display name; allowed are 1 to 64 characters without spaces around them");
    }

    private static JsonPlace NameOf(JsonPlace place) => place.Node is JsonObject ? place["name"] : place;

    private static void Distinct<T>(Dictionary<T, JsonPlace> seen, T value, JsonPlace item, JsonPlace where, string what)
        where T : notnull
    {
        if (seen.TryGetValue(value, out var first))
            throw (where.Exists ? where : item).Error($"{what} is already used by {first.Path}; each may be given once");
        seen[value] = item;
    }
}
