using System.Text.Json.Serialization;

namespace Geode.Topology;

/// <summary>The whole system as described by <c>geode.json</c> and its overrides. Immutable and always valid:
/// get one from <see cref="PlanetLoader"/>.</summary>
public sealed record Planet
{
    public required string Name { get; init; }

    /// <summary>In the order of the file: a region's index is what its ports and its number in RIDs derive from.</summary>
    public required IReadOnlyList<Region> Regions { get; init; }

    /// <summary>Measured one-way delays, which override the distance estimate.</summary>
    public IReadOnlyList<LinkSetting> Links { get; init; } = [];

    public BackplaneSettings Backplane { get; init; } = new();

    public RouterSettings Router { get; init; } = new();

    public ScaleSettings Scale { get; init; } = new();

    public StewardSettings Steward { get; init; } = new();

    /// <summary>Groups of regions that share their data among themselves alone; empty: all share everything.</summary>
    public IReadOnlyList<Stamp> Stamps { get; init; } = [];

    /// <summary>Null without <see cref="Stamps"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TenantSettings? Tenants { get; init; }

    /// <summary>Null: users attach no files.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AttachmentSettings? Attachments { get; init; }

    /// <summary>Where the local processes listen. Has no meaning in Azure.</summary>
    public PlanetPorts Ports { get; init; } = new();

    /// <summary>Those that the planet counts on: all but the edge.</summary>
    [JsonIgnore]
    public IReadOnlyList<Region> Core => [.. Regions.Where(r => !r.IsEdge)];

    [JsonIgnore]
    public IReadOnlyList<string> RegionNames => [.. Regions.Select(r => r.Name)];

    /// <summary>The region of that name (case-insensitive).</summary>
    /// <exception cref="PlanetException">No such region; the message lists the known ones.</exception>
    public Region Region(string name) =>
        this.Find(name) ?? throw new PlanetException($"Unknown region '{name}'. This planet has: {string.Join(", ", RegionNames)}.");

    /// <summary>One-way delay of the link between two regions; zero from a region to itself.</summary>
    public TimeSpan OneWayDelay(Region from, Region to)
    {
        if (from.Name == to.Name)
            return TimeSpan.Zero;
        var measured = Links.FirstOrDefault(l => l.From == from.Name && l.To == to.Name)
            ?? Links.FirstOrDefault(l => l.From == to.Name && l.To == from.Name);
        return measured is null ? Distance.OneWayDelay(from.Location, to.Location) : TimeSpan.FromMilliseconds(measured.DelayMs);
    }

    /// <summary>The other regions, nearest first.</summary>
    public IReadOnlyList<Region> OthersByDistance(Region region) =>
        [.. Regions.Where(r => r.Name != region.Name).OrderBy(r => OneWayDelay(region, r)).ThenBy(r => r.Index)];

    /// <summary>The order in which a client in <paramref name="region"/> should try the regions: its own, then the others, nearest first. The
    /// edge is nobody else's, and has its own replica or none: its link may be down.</summary>
    public IReadOnlyList<Region> OrderFrom(Region region) => region.IsEdge ? [region] : [region, .. OthersByDistance(region).Where(r => !r.IsEdge)];

    /// <summary>By value, lists included.</summary>
    public bool Equals(Planet? other) =>
        other is not null && Name == other.Name && Regions.SequenceEqual(other.Regions) && Links.SequenceEqual(other.Links)
        && Stamps.SequenceEqual(other.Stamps) && Tenants == other.Tenants && Backplane == other.Backplane && Router == other.Router
        && Scale == other.Scale && Steward == other.Steward && Attachments == other.Attachments && Ports == other.Ports;

    public override int GetHashCode() => HashCode.Combine(Name, Regions.Count, Links.Count, Backplane, Router, Scale, Steward, Ports);
}

/// <summary>A measured link: one-way, in milliseconds. Used for both directions unless the other one is given too.</summary>
public sealed record LinkSetting(string From, string To, double DelayMs);

/// <param name="Kind"><c>local</c> (Geode.Backplane), <c>emulator</c> (Microsoft's, one region) or <c>azure</c>.</param>
/// <param name="Consistency">The account's default consistency level, as Cosmos DB names it.</param>
public sealed record BackplaneSettings(string Kind = "local", string Database = "qna", string Consistency = ConsistencyLevels.Session)
{
    /// <summary>What the local account's regions are addressed by: one of <see cref="RegionHostKinds"/>.</summary>
    public string Hosts { get; init; } = RegionHostKinds.Auto;

    /// <summary><c>multiple</c>: every region takes writes. <c>single</c>: one does, until a fail-over.</summary>
    public string WriteRegions { get; init; } = "multiple";

    /// <summary>A region that has been silent for so long leaves the local account's lists; 0: it never does.</summary>
    public int OfflineAfterMs { get; init; } = 60_000;

    /// <summary>From the announcement of a fail-over, so long does the old write region take writes beside the new one.</summary>
    public int FailoverSwitchMs { get; init; } = 6_000;

    /// <summary>From the announcement of a fail-over, so long does the account list both write regions.</summary>
    public int FailoverNarrowMs { get; init; } = 16_000;

    /// <summary>Whether one region at a time takes writes.</summary>
    [JsonIgnore]
    public bool HasOneWriteRegion => WriteRegions == "single";
}

/// <summary>Ways to give the regions of an account on one machine a host each, so that clients can tell them apart.</summary>
public static class RegionHostKinds
{
    /// <summary>The first of the others that works on this machine without set-up.</summary>
    public const string Auto = "auto";

    /// <summary>Loopback addresses: 127.1.0.1 and on. Linux and Windows have them; macOS only once they are set up.</summary>
    public const string Addresses = "addresses";

    /// <summary>Names: <c>westeurope.localhost</c>. They resolve where the system's resolver follows RFC 6761.</summary>
    public const string Names = "names";

    /// <summary>127.0.0.1 for all: only ports differ.</summary>
    public const string Shared = "shared";

    public static IReadOnlyList<string> All { get; } = [Auto, Addresses, Names, Shared];
}

/// <param name="LatencyWindowMs">Geodes within this many milliseconds of the fastest share the traffic, as in Front Door.</param>
public sealed record RouterSettings(double LatencyWindowMs = 50);
