using System.Text.Json.Serialization;

namespace Geode.Topology;

/// <summary>What a region lets plans do to it. It sees to it itself, whatever the steward says.</summary>
/// <param name="Scale">Whether plans may change the number of its instances.</param>
/// <param name="Steer">Whether they may send clients to it, or away from it, otherwise than by distance.</param>
/// <param name="Drain">Whether they may take it out of the traffic.</param>
public sealed record RegionAutonomy(bool Scale = true, bool Steer = true, bool Drain = true)
{
    /// <summary>Fewest instances by plan; null: the region's <c>minReplicas</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Floor { get; init; }

    /// <summary>Most instances by plan; null: the region's <c>maxReplicas</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Ceiling { get; init; }
}
