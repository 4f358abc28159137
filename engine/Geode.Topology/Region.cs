using System.Text.Json.Serialization;

namespace Geode.Topology;

/// <summary>A place that runs a geode. <paramref name="Index"/> counts from 0 in the planet's order.</summary>
/// <param name="Name">Azure's name (<c>westeurope</c>), or a made-up one that gives its own coordinates.</param>
/// <param name="DisplayName">As Azure and Cosmos DB show it (<c>West Europe</c>).</param>
/// <param name="Latitude">Degrees, north positive.</param>
/// <param name="Longitude">Degrees, east positive.</param>
public sealed record Region(string Name, string DisplayName, double Latitude, double Longitude, int Index)
{
    /// <summary>One of <see cref="RegionKinds"/>.</summary>
    public string Kind { get; init; } = RegionKinds.Cloud;

    /// <summary>At the edge of the network: small, its link comes and goes for hours. It serves its own clients from its replica, and nobody
    /// else: no client, no other geode and no plan of the planet counts on it.</summary>
    [JsonIgnore]
    public bool IsEdge => Kind == RegionKinds.Edge;

    /// <summary>Places whose clients are an edge geode's own, by their names in <see cref="Places"/>; besides them those of the region's own
    /// name.</summary>
    public IReadOnlyList<string> Serves { get; init; } = [];

    /// <summary>1 to 5, lower first, as Front Door counts it.</summary>
    public int Priority { get; init; } = 1;

    /// <summary>1 to 1000.</summary>
    public int Weight { get; init; } = 1000;

    public bool ZoneRedundant { get; init; }

    /// <summary>One of <see cref="RegionFootprints"/>.</summary>
    public string Footprint { get; init; } = RegionFootprints.Regional;

    /// <summary>Its geodes: one in each zone, or one for all of it.</summary>
    [JsonIgnore]
    public int Zones => Footprint == RegionFootprints.Zonal ? RegionFootprints.ZonesOfARegion : 1;

    /// <summary>Fewest instances of its Api; 0: an idle geode goes to sleep, and a request wakes it.</summary>
    public int MinReplicas { get; init; } = 1;

    /// <summary>Most instances of its Api. On one machine also not more than <see cref="ScaleSettings.LocalMost"/>.</summary>
    public int MaxReplicas { get; init; } = 10;

    /// <summary>What plans for the whole planet may do to it; null: everything, within its replicas.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RegionAutonomy? Autonomy { get; init; }

    /// <summary>The region that has a copy of its attachments; null: the one that Azure pairs it with, see <see cref="PlanetPairs"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Pair { get; init; }

    [JsonIgnore]
    public GeoPoint Location => new(Latitude, Longitude);

    /// <summary>Whether clients of that place may be sent here.</summary>
    /// <param name="place">Its name; null where only coordinates are known.</param>
    public bool IsFor(string? place) => !IsEdge
        || (place is not null && (string.Equals(place, Name, StringComparison.OrdinalIgnoreCase) || Serves.Contains(place, StringComparer.OrdinalIgnoreCase)));

    /// <summary>Their numbers, from 1.</summary>
    [JsonIgnore]
    public IEnumerable<int> ZoneNumbers => Enumerable.Range(1, Zones);

    /// <summary>The zone that an instance of its Api or Worker is in, from 1.</summary>
    /// <param name="instance">Its number, from 1.</param>
    public int ZoneOf(int instance) => (instance - 1) % Zones + 1;

    /// <summary>What the geode of a zone is called: <c>westeurope-2</c>.</summary>
    /// <param name="zone">From 1 to <see cref="Zones"/>.</param>
    public string GeodeOf(int zone) => $"{Name}-{zone}";

    /// <summary>By value, lists included.</summary>
    public bool Equals(Region? other) =>
        other is not null && (Name, DisplayName, Latitude, Longitude, Index, Kind) == (other.Name, other.DisplayName, other.Latitude, other.Longitude, other.Index, other.Kind)
        && (Priority, Weight, ZoneRedundant, Footprint, MinReplicas, MaxReplicas)
            == (other.Priority, other.Weight, other.ZoneRedundant, other.Footprint, other.MinReplicas, other.MaxReplicas)
        && Serves.SequenceEqual(other.Serves) && Autonomy == other.Autonomy && Pair == other.Pair;

    public override int GetHashCode() => HashCode.Combine(Name, Latitude, Longitude, Index);

    public override string ToString() => Name;
}

/// <summary>What kind of place a geode runs in.</summary>
public static class RegionKinds
{
    /// <summary>A region of a cloud: any client may be sent there.</summary>
    public const string Cloud = "cloud";

    /// <summary>A factory, a ship, a shop: <see cref="Region.IsEdge"/>.</summary>
    public const string Edge = "edge";

    public static IReadOnlyList<string> All { get; } = [Cloud, Edge];
}

/// <summary>Degrees; north and east positive.</summary>
public readonly record struct GeoPoint(double Latitude, double Longitude);
