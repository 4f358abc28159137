using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Geode.Control;
using Geode.Control.Live;
using Geode.Control.Processes;
using Geode.Topology;
using Microsoft.Extensions.Logging;

namespace Geode.Hosting.Processes;

/// <summary>Keeps what the dashboard shows true: what is frozen, killed, draining or behind is shown as such within a second.</summary>
internal sealed partial class PlanetStates(PlanetResource planet, PlanetRun run, ResourceNotificationService notifications, ILogger logger)
{
    private const string Unhealthy = "Unhealthy";

    private readonly SemaphoreSlim _turn = new(1);
    private volatile LiveView? _latest;

    /// <summary>Until the planet ends.</summary>
    public Task ShowAsync(CancellationToken end) => Task.WhenAll(FollowViewsAsync(end), FollowEventsAsync(end));

    private async Task FollowViewsAsync(CancellationToken end)
    {
        await foreach (var view in run.Running!.FollowAsync(end))
        {
            _latest = view;
            await ShowAllAsync(end);
        }
    }

    // Those who are asked take their time when somebody is frozen; that somebody is, is known at once.
    private async Task FollowEventsAsync(CancellationToken end)
    {
        await foreach (var _ in run.Running!.Timeline.FollowAsync(after: 0, end))
            await ShowAllAsync(end);
    }

    private async Task ShowAllAsync(CancellationToken end)
    {
        await _turn.WaitAsync(end);
        try
        {
            foreach (var process in run.Processes)
            {
                await ShowAsync(process);
                if (process.IsFurther)
                    await ShowOrHideAsync(process);
            }
            if (_latest is null)
                return;
            var view = run.Running!.Refreshed(_latest);
            foreach (var geode in planet.Geodes)
                await ShowAsync(geode, view);
            await ShowAsync(view);
        }
        catch (Exception e) when (!end.IsCancellationRequested)
        {
            // The next picture comes within a second.
            NotShown(logger, e);
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The planet's state could not be shown")]
    private static partial void NotShown(ILogger logger, Exception exception);

    private async Task ShowAsync(GeodeResource geode, LiveView view)
    {
        if (view.Regions.FirstOrDefault(r => r.Name == geode.Region.Name) is not { } region)
        {
            await notifications.PublishUpdateAsync(geode, s => s.IsHidden ? s : s with { IsHidden = true, State = KnownResourceStates.Finished });
            return;
        }
        List<LiveLink> arriving = [.. view.Links.Where(l => l.To == region.Name)];
        await UpdateAsync(geode, GeodeState.Of(region, arriving),
        [
            new("place", FormattableString.Invariant($"{region.DisplayName} ({region.Latitude:0.##}, {region.Longitude:0.##})")),
            new("replication lag", string.Join(", ", arriving.Where(link => planet.Planet.ShareData(link.From, link.To)).Select(Lag))),
            new("instances", InstancesText.Of(region.Instances)),
            new("router", region.Origin is { } origin ? $"{origin.State}: {origin.Why}" : "does not answer"),
            new("conflicts resolved", Text(region.Conflicts)),
        ]);
    }

    private Task ShowAsync(LiveView view)
    {
        var states = view.Regions.Select(r => r.State).ToList();
        var well = states.Count(s => s == "healthy");
        var state = well == states.Count
            ? new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success)
            : states.Contains("starting") && well == 0 ? new(KnownResourceStates.Starting, KnownResourceStateStyles.Info)
            : new(GeodeState.Degraded, KnownResourceStateStyles.Warn);
        return UpdateAsync(planet, state,
        [
            new("geodes", $"{well} of {states.Count} healthy"),
            new("links", $"{view.Links.Count(l => l.State == "up")} of {view.Links.Count} up"),
            new("simulated clients", view.Load is { } load ? Text(load.Clients) : "none"),
        ]);
    }

    // Aspire says that it runs: of one that is frozen, or does not answer, that is not all.
    private Task ShowAsync(AspireProcess process)
    {
        ResourceStateSnapshot? more = process.State switch
        {
            ProcessState.Frozen => new(GeodeState.Frozen, KnownResourceStateStyles.Info),
            ProcessState.Unhealthy => new(Unhealthy, KnownResourceStateStyles.Warn),
            _ => null,
        };
        if (!notifications.TryGetCurrentState(process.Resource.Name, out var current) || !NeedsChange(current.Snapshot.State, more))
            return Task.CompletedTask;
        return notifications.PublishUpdateAsync(process.Resource, s => NeedsChange(s.State, more)
            ? s with { State = more ?? new(KnownResourceStates.Running, KnownResourceStateStyles.Success) }
            : s);
    }

    // Until a geode needs one more instance, nobody needs to see it.
    private Task ShowOrHideAsync(AspireProcess process)
    {
        var hidden = !run.Has(process);
        return notifications.TryGetCurrentState(process.Resource.Name, out var current) && current.Snapshot.IsHidden != hidden
            ? notifications.PublishUpdateAsync(process.Resource, s => s with { IsHidden = hidden })
            : Task.CompletedTask;
    }

    private static bool NeedsChange(ResourceStateSnapshot? shown, ResourceStateSnapshot? more) => more is null
        ? shown?.Text is GeodeState.Frozen or Unhealthy
        : shown?.Text != more.Text && shown?.Text is "Running" or GeodeState.Frozen or Unhealthy;

    private async Task UpdateAsync(IResource resource, ResourceStateSnapshot state, ImmutableArray<ResourcePropertySnapshot> properties)
    {
        if (notifications.TryGetCurrentState(resource.Name, out var current) && current.Snapshot.State == state && Shows(current.Snapshot.Properties, properties))
            return;
        await notifications.PublishUpdateAsync(resource, s => s with
        {
            State = state,
            Properties = [.. s.Properties.Where(other => properties.All(p => p.Name != other.Name)), .. properties],
            StartTimeStamp = s.StartTimeStamp ?? DateTime.UtcNow,
            Urls = resource == planet ? PlanetUrls.Of(planet.Planet.Ports) : s.Urls,
        });
    }

    private static bool Shows(ImmutableArray<ResourcePropertySnapshot> shown, ImmutableArray<ResourcePropertySnapshot> now) =>
        now.All(p => shown.Any(s => s.Name == p.Name && Equals(s.Value, p.Value)));

    // Two figures are enough: what changes in the third would be sent to every dashboard every second.
    private static string Lag(LiveLink link) =>
        $"{link.From} {(link.State != "up" ? link.State : link.LagMs is { } lag ? $"{Rounded(lag)} ms" : "no writes")}{(link.Behind > 0 ? $", {Text(link.Behind)} behind" : "")}";

    private static string Rounded(double value)
    {
        var step = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(1, value))) - 1));
        return Text((long)(Math.Round(value / step) * step));
    }

    private static string Text(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "unknown";
}
