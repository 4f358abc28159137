using Aspire.Hosting.ApplicationModel;
using Geode.Control.Live;

namespace Geode.Hosting.Processes;

/// <summary>What the dashboard shows as a geode's state.</summary>
internal static class GeodeState
{
    public const string Frozen = "Frozen";
    public const string Degraded = "Degraded";
    public const string Draining = "Draining";
    public const string Behind = "Behind";
    public const string Asleep = "Asleep";

    // A link carries a write within its delay; one that lacks a second more than that does not keep up.
    private const double LagAllowedMs = 1000;

    /// <param name="region">Its processes, outage and traffic.</param>
    /// <param name="arriving">The links that end there.</param>
    public static ResourceStateSnapshot Of(LiveRegion region, IEnumerable<LiveLink> arriving) => region.State switch
    {
        "frozen" => new(Frozen, KnownResourceStateStyles.Info),
        "killed" or "exited" or "stopped" => new(KnownResourceStates.Exited, KnownResourceStateStyles.Error),
        "asleep" => new(Asleep, KnownResourceStateStyles.Info),
        "starting" => new(KnownResourceStates.Starting, KnownResourceStateStyles.Info),
        "healthy" when region.Outage is { } outage => new($"Outage ({outage})", KnownResourceStateStyles.Warn),
        "healthy" when region.Draining => new(Draining, KnownResourceStateStyles.Warn),
        "healthy" when arriving.Any(IsBehind) => new(Behind, KnownResourceStateStyles.Warn),
        "healthy" => new(KnownResourceStates.Running, KnownResourceStateStyles.Success),
        _ => new(Degraded, KnownResourceStateStyles.Warn),
    };

    private static bool IsBehind(LiveLink link) => link.LagMs > link.DelayMs + LagAllowedMs || (link is { State: not "up", Behind: > 0 });
}
