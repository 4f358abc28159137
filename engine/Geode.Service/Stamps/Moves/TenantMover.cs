using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Geode.Service.Hosting;
using Geode.Service.Roles;

namespace Geode.Service.Stamps.Moves;

/// <summary>Moves tenants out of this stamp, one at a time. Whoever takes the role goes on where the one before was.</summary>
internal sealed partial class TenantMover(
    StampPlace place, TenantDirectory directory, StampAccounts accounts, GeodeOptions options, TimeProvider clock, ILogger<TenantMover> logger) : IRole
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly LastReason _reason = new();

    public async Task HoldAsync(RoleTerm term, CancellationToken lost)
    {
        while (true)
        {
            lost.ThrowIfCancellationRequested();
            if (!await TryStepAsync(lost))
                await Task.Delay(Look, clock, lost);
        }
    }

    /// <returns>False: there is nothing to do, or it failed.</returns>
    private async Task<bool> TryStepAsync(CancellationToken lost)
    {
        TenantMoving? moving = null;
        DirectoryEntry? entry = null;
        try
        {
            if (await directory.MovingFromAsync(place.Own.Name, lost) is not [{ } first, ..])
                return false;
            entry = first;
            moving = new(entry, directory, accounts, options, clock, logger);
            await moving.StepAsync(lost);
            _reason.Forget();
            return true;
        }
        catch (Exception e) when (BackplaneFault.Is(e) && !lost.IsCancellationRequested)
        {
            if (_reason.News(e) is { } reason)
                Waits(logger, entry?.Id ?? "any tenant", reason);
            if (moving is not null)
                await TryUndoAsync(moving, entry!, e, lost);
            return false;
        }
    }

    // Nobody is to wait for a replica that does not answer.
    private async Task TryUndoAsync(TenantMoving moving, DirectoryEntry entry, Exception failed, CancellationToken lost)
    {
        if (entry.Move is not { Phase: MovePhases.Pausing or MovePhases.Closing } move || clock.GetUtcNow() - move.Since < TenantMoving.PauseLimit)
            return;
        try
        {
            await moving.UndoingAsync($"a replica did not answer: {failed.Message.Split('\n')[0]}", lost);
        }
        catch (Exception e) when (BackplaneFault.Is(e) && !lost.IsCancellationRequested)
        {
            // Neither does the directory; the next look tries again.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The move of {Tenant} waits: {Reason}")]
    private static partial void Waits(ILogger logger, string tenant, string reason);
}
