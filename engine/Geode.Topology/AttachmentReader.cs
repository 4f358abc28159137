namespace Geode.Topology;

/// <summary>Reads whether a planet has attachments, and what they exclude.</summary>
internal static class AttachmentReader
{
    /// <returns>Null: there are none.</returns>
    public static AttachmentSettings? Read(JsonPlace place)
    {
        if (!place.Exists)
            return null;
        var defaults = new AttachmentSettings();
        return new(place.Object(PlanetShape.Attachments)["maxMegabytes"].Integer(defaults.MaxMegabytes, 1, AttachmentSettings.MostMegabytes));
    }

    /// <summary>What cannot be where there are attachments, or pairs.</summary>
    public static void Check(JsonPlace root, Planet planet)
    {
        for (var i = 0; i < planet.Regions.Count; i++)
        {
            if (planet.Regions[i].Pair is { } pair)
                CheckPair(new(null, $"regions[{i}].pair", root.Source), planet, planet.Regions[i], pair);
        }

        if (planet.Attachments is null)
            return;
        if (planet.Regions.FirstOrDefault(r => r.IsEdge) is { } edge)
            throw root["attachments"].Error($"are not for a planet with a region of the kind '{RegionKinds.Edge}' ('{edge.Name}'): what is attached there would be out of reach whenever its link is down");
        if (planet.Backplane.Kind == "emulator")
            throw root["attachments"].Error("are kept by the local backplane, or in Azure; with backplane.kind 'emulator' there is nobody to keep them; allowed are local, azure");
    }

    private static void CheckPair(JsonPlace place, Planet planet, Region region, string pair)
    {
        if (planet.Attachments is null)
            throw place.Error("has no meaning without attachments");
        if (!planet.RegionNames.Contains(pair))
            throw place.Error($"'{pair}' is not a region of this planet{Spelling.DidYouMean(pair, planet.RegionNames)}; allowed are {string.Join(", ", planet.RegionNames.Where(n => n != region.Name))}");
        if (pair == region.Name)
            throw place.Error($"'{pair}' is the region itself; its pair is another region of this planet");
        if (!planet.ShareData(region.Name, pair))
            throw place.Error($"'{pair}' is in another stamp, and stamps share no data; allowed is another region of stamp '{planet.StampOf(region)!.Name}'");
    }
}
