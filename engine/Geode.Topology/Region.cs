using System.Text.Json.Serialization;

namespace Geode.Topology;

/// <summary>A place that runs a geode. <paramref name="Index"/> counts from 0 in the planet's order.</summary>
/// <param name="Name">Azure's name (<c>westeurope</c>), or a made-up one that gives its own coordinates.</param>
/// <param name="DisplayName">As Azure and Cosmos DB show it (<c>West Europe</c>).</param>
/// <param name="Latitude">Degrees, north positive.</param>
/// <param name="Longitude">Degrees, east positive.</param>
public sealed record Region(string Name, string DisplayName, double Latitude, double Longitude, int Index)
{
    /// <summary>1 to 5, lower first, as Front Door counts it.</summary>
    public int Priority { get; init; } = 1;

    /// <summary>1 to 1000.</summary>
    public int Weight { get; init; } = 1000;

    public bool ZoneRedundant { get; init; }

    /// <summary>Fewest instances of its Api; 0: an idle geode goes to sleep, and a request wakes it.</summary>
    public int MinReplicas { get; init; } = 1;

    /// <summary>Most instances of its Api. On one machine also not more than <see cref="ScaleSettings.LocalMost"/>.</summary>
    public int MaxReplicas { get; init; } = 10;

    /// <summary>What plans for the whole planet may do to it; null: everything, within its replicas.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RegionAutonomy? Autonomy { get; init; }

    [JsonIgnore]
    public GeoPoint Location => new(Latitude, Longitude);

    public override string ToString() => Name;
}

/// <summary>Degrees; north and east positive.</summary>
public readonly record struct GeoPoint(double Latitude, double Longitude);
