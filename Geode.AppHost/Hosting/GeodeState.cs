using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Geode.AppHost.Hosting;

/// <summary>A geode's state in the dashboard, from those of its processes.</summary>
internal static class GeodeState
{
    public const string Frozen = "Frozen";
    public const string Degraded = "Degraded";

    /// <summary>Publishes the geode's state whenever one of its members changes, until the app host ends.</summary>
    public static async Task FollowAsync(GeodeResource geode, InitializeResourceEvent initialize, CancellationToken cancellationToken)
    {
        await foreach (var change in initialize.Notifications.WatchAsync(cancellationToken))
        {
            if (change.Resource is ProjectResource member && geode.Members.Contains(member))
                await PublishAsync(geode, initialize.Notifications);
        }
    }

    public static Task PublishAsync(GeodeResource geode, ResourceNotificationService notifications)
    {
        var state = Of(geode.IsFrozen, [.. geode.Members.Select(m => notifications.TryGetCurrentState(m.Name, out var current) ? current.Snapshot : null)]);
        return notifications.PublishUpdateAsync(geode, snapshot => snapshot.State == state ? snapshot : snapshot with { State = state });
    }

    private static ResourceStateSnapshot Of(bool frozen, IReadOnlyList<CustomResourceSnapshot?> members)
    {
        if (frozen)
            return new(Frozen, KnownResourceStateStyles.Info);
        if (members.All(m => m?.HealthStatus == HealthStatus.Healthy))
            return new(KnownResourceStates.Running, KnownResourceStateStyles.Success);
        if (members.All(m => m?.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text)))
            return new(KnownResourceStates.Exited, KnownResourceStateStyles.Error);
        return members.Any(m => m?.State is null || m.State.Text == KnownResourceStates.Starting || m.State.Text == KnownResourceStates.Waiting)
            ? new(KnownResourceStates.Starting, KnownResourceStateStyles.Info)
            : new(Degraded, KnownResourceStateStyles.Warn);
    }
}
