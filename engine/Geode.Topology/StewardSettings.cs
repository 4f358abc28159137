using System.Text.Json.Serialization;

namespace Geode.Topology;

/// <summary>How far the steward goes on its own, and what it reckons with.</summary>
/// <param name="HoldSeconds">For so long after a person has acted it changes nothing.</param>
/// <param name="ColdStartSeconds">From the decision for an instance until it serves.</param>
/// <param name="DayMinutes">How long a day of the load is; less than 1440 where a day is compressed.</param>
public sealed record StewardSettings(int HoldSeconds = 300, int ColdStartSeconds = 20, int DayMinutes = 1440)
{
    /// <summary>All modes, from the one that does least.</summary>
    public static IReadOnlyList<string> Modes { get; } = ["observe", "advise", "act"];

    /// <summary>One of <see cref="Modes"/>; null: <c>advise</c> in Azure, <c>act</c> on one's own machine.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Mode { get; init; }
}
