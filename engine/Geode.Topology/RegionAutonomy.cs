using System.Text.Json.Serialization;

namespace Geode.Topology;

/// <summary>What a region lets plans for the whole planet do to it. It applies this itself, also against whoever makes the plans.</summary>
public sealed record RegionAutonomy
{
    /// <summary>More or fewer instances.</summary>
    public const string Scale = "scale";

    /// <summary>Clients who are near to it are sent elsewhere, or others to it.</summary>
    public const string Steer = "steer";

    /// <summary>It is taken out of the traffic.</summary>
    public const string Drain = "drain";

    /// <summary>All there are.</summary>
    public static IReadOnlyList<string> Actions { get; } = [Scale, Steer, Drain];

    /// <summary>The actions it accepts, of <see cref="Actions"/>.</summary>
    public IReadOnlyList<string> Accepts { get; init; } = Actions;

    /// <summary>Fewest instances that a plan may give it; null: its <see cref="Region.MinReplicas"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Floor { get; init; }

    /// <summary>Most instances that a plan may give it; null: its <see cref="Region.MaxReplicas"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Ceiling { get; init; }

    /// <summary>Fewest instances that a plan may give that region.</summary>
    public int FloorOf(Region region) => Floor ?? region.MinReplicas;

    /// <summary>Most instances that a plan may give that region.</summary>
    public int CeilingOf(Region region) => Ceiling ?? region.MaxReplicas;

    /// <summary>By value, the list included.</summary>
    public bool Equals(RegionAutonomy? other) =>
        other is not null && Accepts.SequenceEqual(other.Accepts) && Floor == other.Floor && Ceiling == other.Ceiling;

    public override int GetHashCode() => HashCode.Combine(Accepts.Count, Floor, Ceiling);
}
