using System.Text.Json;
using System.Text.Json.Serialization;
using Geode.Control.Api;
using Geode.Control.Instances;
using Geode.Control.Load;
using Geode.Control.Processes;

namespace Geode.Control.Live;

/// <summary>The whole planet at one moment, put together from everyone who knows a part: an item of <c>GET /planet/stream</c>.</summary>
/// <param name="Load">Null when no simulated clients run.</param>
public sealed record LiveView(
    string Name, DateTimeOffset At, IReadOnlyList<LiveRegion> Regions, IReadOnlyList<LiveLink> Links, LoadView? Load);

/// <param name="State">Of its processes, see <see cref="RegionView"/>.</param>
/// <param name="Origin">How the router sees the geode; null while the router does not answer.</param>
/// <param name="Traffic">As the geode's Api measures it; null while it does not answer.</param>
/// <param name="Processors">As its Worker last told; null while its Api does not answer.</param>
/// <param name="Conflicts">Resolved in its replica so far; null while the replica does not answer.</param>
/// <param name="Items">In its replica, over all containers.</param>
/// <param name="Instances">Of its Api.</param>
/// <param name="Publications">The version of each that its Api uses, by name; null while it does not answer, or uses none.</param>
/// <param name="Zones">Where it has a geode in each; else null.</param>
public sealed record LiveRegion(
    string Name, string DisplayName, double Latitude, double Longitude, string State, DateTimeOffset Since, string? Outage, bool Draining,
    LiveOrigin? Origin, JsonElement? Traffic, JsonElement? Processors, long? Conflicts, long? Items, InstancesView Instances, IReadOnlyList<ProcessSnapshot> Processes,
    JsonElement? Publications = null, IReadOnlyList<ZoneView>? Zones = null)
{
    /// <summary>The stamp it is in; absent where there are no stamps.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stamp { get; init; }

    /// <summary>Where its stamp's data has to stay; absent where nothing is promised.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Residency { get; init; }
}

/// <param name="State"><c>healthy</c>, <c>degraded</c>, <c>draining</c>, <c>unhealthy</c> or <c>unknown</c>.</param>
/// <param name="Why">The router's reason for it.</param>
public sealed record LiveOrigin(string State, string Why, DateTimeOffset Since, double P50Ms, double P99Ms, int InFlight, int Streams);

/// <param name="DelayMs">One way, as it is set.</param>
/// <param name="LagMs">How long a write of the last second took to arrive; null while unknown.</param>
/// <param name="Behind">Commits the end is known to lack.</param>
public sealed record LiveLink(string From, string To, string State, double DelayMs, double JitterMs, double Loss, double? LagMs, long? Behind);
