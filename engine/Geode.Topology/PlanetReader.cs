using System.Text.RegularExpressions;

namespace Geode.Topology;

/// <summary>Turns the JSON of a planet into a <see cref="Planet"/>, refusing what is wrong where it stands.</summary>
internal static partial class PlanetReader
{
    public static Planet Read(JsonPlace root)
    {
        root.Object(PlanetShape.Planet);
        var regions = RegionReader.Read(root["regions"]);
        var stamps = StampReader.Read(root["stamps"], regions);
        var planet = new Planet
        {
            Name = LegalName(root["name"], "geode"),
            Regions = regions,
            Links = [.. Links(root["links"], regions)],
            Backplane = Backplane(root["backplane"], regions),
            Router = Router(root["router"]),
            Scale = Scale(root["scale"]),
            Steward = Steward(root["steward"]),
            Stamps = stamps,
            Tenants = StampReader.Tenants(root["tenants"], stamps),
            Attachments = AttachmentReader.Read(root["attachments"]),
            Ports = Ports(root["ports"], regions, stamps.Count > 0),
        };
        StampReader.Check(root, planet);
        AttachmentReader.Check(root, planet);
        return planet;
    }

    /// <summary>A name of a planet or region.</summary>
    public static string LegalName(JsonPlace place, string? fallback = null)
    {
        var name = place.Text(fallback);
        return NamePattern().IsMatch(name) ? name : throw place.Error($"'{name}' is not a legal name; allowed are {PlanetShape.NameRule}");
    }

    private static IEnumerable<LinkSetting> Links(JsonPlace place, IReadOnlyList<Region> regions)
    {
        var seen = new HashSet<(string, string)>();
        foreach (var item in place.Array(what: "links"))
        {
            item.Object(PlanetShape.Link);
            var link = new LinkSetting(
                Existing(item["from"]), Existing(item["to"]), item["delayMs"].Number(null, 0, PlanetShape.LongestDelayMs));
            if (link.From == link.To)
                throw item["to"].Error($"'{link.To}' is linked to itself; allowed are links between two regions");
            if (!seen.Add((link.From, link.To)))
                throw item.Error($"the link from '{link.From}' to '{link.To}' is given twice; give it once");
            yield return link;
        }

        string Existing(JsonPlace end)
        {
            var name = end.Text();
            var known = regions.Select(r => r.Name).ToList();
            return known.Contains(name)
                ? name
                : throw end.Error($"'{name}' is not a region of this planet{Spelling.DidYouMean(name, known)}; allowed are {string.Join(", ", known)}");
        }
    }

    private static BackplaneSettings Backplane(JsonPlace place, IReadOnlyList<Region> regions)
    {
        var defaults = new BackplaneSettings();
        if (!place.Exists)
            return defaults;
        place.Object(PlanetShape.Backplane);
        var consistency = place["consistency"].OneOf(defaults.Consistency, ConsistencyLevels.All);
        // Cosmos DB has no strong consistency where several regions take writes.
        if (consistency == ConsistencyLevels.Strong && regions.Count > 1)
            throw place["consistency"].Error($"'{ConsistencyLevels.Strong}' is for one region; where {regions.Count} regions take writes, allowed are {string.Join(", ", ConsistencyLevels.All.Where(c => c != ConsistencyLevels.Strong))}");
        var writers = place["writeRegions"].OneOf(defaults.WriteRegions, PlanetShape.WriteRegions);
        var kind = place["kind"].OneOf(defaults.Kind, PlanetShape.Kinds);
        if (regions.FirstOrDefault(r => r.IsEdge) is { } edge)
        {
            if (writers != defaults.WriteRegions)
                throw place["writeRegions"].Error($"'{writers}' leaves {edge.Name}, which is at the edge, without writes whenever its link is down; allowed is {defaults.WriteRegions}");
            if (kind != defaults.Kind)
                throw place["kind"].Error($"'{kind}' has no replica at the edge, where {edge.Name} is; allowed is {defaults.Kind}");
        }

        var switchMs = place["failoverSwitchMs"].Integer(defaults.FailoverSwitchMs, 0, PlanetShape.LongestFailoverMs);
        var narrowMs = place["failoverNarrowMs"].Integer(Math.Max(switchMs, defaults.FailoverNarrowMs), 0, PlanetShape.LongestFailoverMs);
        if (narrowMs < switchMs)
            throw place["failoverNarrowMs"].Error($"{narrowMs} is before failoverSwitchMs ({switchMs}); a region that takes writes is listed, so it must be at least that");
        return new(
            kind,
            CosmosNames.Legal(place["database"], "database", defaults.Database),
            consistency)
        {
            Hosts = place["hosts"].OneOf(defaults.Hosts, RegionHostKinds.All),
            WriteRegions = writers,
            OfflineAfterMs = place["offlineAfterMs"].Integer(defaults.OfflineAfterMs, 0, PlanetShape.LongestFailoverMs),
            FailoverSwitchMs = switchMs,
            FailoverNarrowMs = narrowMs,
        };
    }

    private static RouterSettings Router(JsonPlace place)
    {
        var defaults = new RouterSettings();
        return place.Exists ? new(place.Object(PlanetShape.Router)["latencyWindowMs"].Number(defaults.LatencyWindowMs, 0)) : defaults;
    }

    private static ScaleSettings Scale(JsonPlace place)
    {
        var defaults = new ScaleSettings();
        if (!place.Exists)
            return defaults;
        place.Object(PlanetShape.Scale);
        return new(
            place["concurrentRequests"].Integer(defaults.ConcurrentRequests, 1, PlanetShape.MostConcurrentRequests),
            place["pollSeconds"].Integer(defaults.PollSeconds, 1, PlanetShape.LongestPollSeconds),
            place["cooldownSeconds"].Integer(defaults.CooldownSeconds, 0, PlanetShape.LongestCooldownSeconds),
            place["localMost"].Integer(defaults.LocalMost, 1, PlanetPorts.MostInstances));
    }

    private static StewardSettings Steward(JsonPlace place)
    {
        var defaults = new StewardSettings();
        if (!place.Exists)
            return defaults;
        place.Object(PlanetShape.Steward);
        return new(
            place["holdSeconds"].Integer(defaults.HoldSeconds, 0, PlanetShape.LongestHoldSeconds),
            place["coldStartSeconds"].Integer(defaults.ColdStartSeconds, 1, PlanetShape.LongestColdStartSeconds),
            place["dayMinutes"].Integer(defaults.DayMinutes, 1, PlanetShape.LongestDayMinutes))
        {
            Mode = place["mode"].Exists ? place["mode"].OneOf("", StewardSettings.Modes) : null,
        };
    }

    private static PlanetPorts Ports(JsonPlace place, IReadOnlyList<Region> regions, bool hasStamps)
    {
        var defaults = new PlanetPorts();
        var highest = PlanetShape.HighestPort(regions.Max(r => r.Index) + (hasStamps ? PlanetStamps.FirstOfDirectory : 0));
        return place.Exists ? new(place.Object(PlanetShape.Ports)["base"].Integer(defaults.Base, PlanetShape.LowestPort, highest)) : defaults;
    }

    [GeneratedRegex(PlanetShape.NamePattern)]
    private static partial Regex NamePattern();
}
