using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Geode.Service.Hosting;
using Geode.Service.Roles;
using Geode.Topology;

namespace Geode.Service.Stamps.Moves;

/// <summary>Moves tenants out of this stamp, a phase of each in turn. Whoever takes the role goes on where the one before was.</summary>
internal sealed partial class TenantMover(
    StampPlace place, TenantDirectory directory, StampAccounts accounts, GeodeOptions options, TimeProvider clock, ILogger<TenantMover> logger) : IRole
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly LastReason _reason = new();
    private StampMembers? _members;

    public async Task HoldAsync(RoleTerm term, CancellationToken lost)
    {
        while (true)
        {
            lost.ThrowIfCancellationRequested();
            var moved = false;
            foreach (var entry in await MovingAsync(lost))
                moved |= await TryStepAsync(entry, lost);
            if (!moved)
                await Task.Delay(Look, clock, lost);
        }
    }

    private async Task<IReadOnlyList<DirectoryEntry>> MovingAsync(CancellationToken lost)
    {
        try
        {
            return await directory.MovingFromAsync(place.Own.Name, lost);
        }
        catch (Exception e) when (BackplaneFault.Is(e) && !lost.IsCancellationRequested)
        {
            Say("any tenant", e);
            return [];
        }
    }

    /// <returns>False: it failed. The others' turn comes all the same.</returns>
    private async Task<bool> TryStepAsync(DirectoryEntry entry, CancellationToken lost)
    {
        TenantMoving? moving = null;
        try
        {
            if (entry.Move is { Phase: MovePhases.Copying } move && Refusal(move) is { } why)
            {
                await EndAsync(entry, move, why, lost);
                return true;
            }

            moving = new(entry, directory, accounts, _members ??= new(accounts.Of(place.Own.Name), options, clock), options, clock, logger);
            await moving.StepAsync(lost);
            _reason.Forget();
            return true;
        }
        catch (StaleMoveException)
        {
            return true;
        }
        catch (Exception e) when (e is PlanetException && !lost.IsCancellationRequested)
        {
            // The planet has no such stamp any more.
            Say(entry.Id, e);
            return false;
        }
        catch (Exception e) when (BackplaneFault.Is(e) && !lost.IsCancellationRequested)
        {
            Say(entry.Id, e);
            if (moving is not null)
                await TryUndoAsync(moving, entry, e, lost);
            return false;
        }
    }

    // An order may have been written into the directory by hand, where nobody checks it.
    private string? Refusal(TenantMove move) => place.Whole.FindStamp(move.To) switch
    {
        null => $"there is no stamp '{move.To}'",
        var to when !to.Admits(move.Residency) => $"its data has to stay in {move.Residency}, and stamp '{to.Name}' is {(to.Residency is { } its ? $"in {its}" : "anywhere")}",
        var to when !accounts.Reaches(to.Name) => $"stamp '{place.Own.Name}' is not told of the account of '{to.Name}' ({PlanetEnvironment.StampConnection}{to.Name})",
        _ => null,
    };

    // Nothing has been copied yet.
    private async Task EndAsync(DirectoryEntry entry, TenantMove move, string why, CancellationToken lost)
    {
        if (await directory.FindAsync(entry.Id, lost) is { } found && found.Entry == entry)
            await directory.TryReplaceAsync(entry with { Move = null, Last = new(move.To, clock.GetUtcNow(), why) }, found.ETag, lost);
    }

    private void Say(string tenant, Exception why)
    {
        if (_reason.News(why) is { } reason)
            Waits(logger, tenant, reason);
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
