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
    private readonly MoveRefusals _refusals = new(place, accounts, options);

    // Said once.
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);
    private StampMembers? _members;

    public async Task HoldAsync(RoleTerm term, CancellationToken lost)
    {
        while (true)
        {
            lost.ThrowIfCancellationRequested();
            var moved = false;
            foreach (var entry in await MovingAsync(lost))
                moved |= entry.Move is { } move && await TryStepAsync(entry, move, lost);
            if (!moved)
                await Task.Delay(Look, clock, lost);
        }
    }

    private async Task<IReadOnlyList<DirectoryEntry>> MovingAsync(CancellationToken lost)
    {
        try
        {
            var (moving, unreadable) = await directory.MovingAsync(lost);
            foreach (var tenant in unreadable.Where(_unreadable.Add))
                Unreadable(logger, tenant);
            _unreadable.IntersectWith(unreadable);
            return [.. moving.Where(IsOwn)];
        }
        catch (Exception e) when (BackplaneFault.Is(e) && !lost.IsCancellationRequested)
        {
            Say("any tenant", e);
            return [];
        }
    }

    // Whose order is from no stamp at all is told so by the one that has the tenant.
    private bool IsOwn(DirectoryEntry entry) =>
        IsStamp(entry.Move?.From) ? place.IsOwn(entry.Move!.From) : IsStamp(entry.Stamp) ? place.IsOwn(entry.Stamp) : place.IsOwn(place.Whole.Stamps[0].Name);

    private bool IsStamp(string? name) => name is not null && place.Whole.FindStamp(name) is not null;

    /// <returns>False: it failed. The others' turn comes all the same.</returns>
    private async Task<bool> TryStepAsync(DirectoryEntry entry, TenantMove move, CancellationToken lost)
    {
        TenantMoving? moving = null;
        try
        {
            if (_refusals.OfEntry(entry, move) is { } wrong)
            {
                await EndAsync(entry, move, wrong, lost);
                return true;
            }

            moving = new(entry, directory, accounts, _members ??= new(accounts.Of(place.Own.Name), options, clock), options, clock, logger);
            if (await _refusals.OfChartersAsync(entry, move, lost) is { } untrue)
            {
                await EndAsync(entry, move, untrue, lost);
                return true;
            }

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

    // Nothing is copied or deleted. Whose requests are held is served again, where it is.
    private async Task EndAsync(DirectoryEntry entry, TenantMove move, string why, CancellationToken lost)
    {
        if (place.IsOwn(entry.Stamp) && await OwnCharters(entry).NewestAsync(entry.Id, everywhere: false, lost) is { Holds: true })
            await OwnCharters(entry).SetWhereItCanAsync(entry.Id, CharterStates.Here, entry.Residency, null, lost);
        if (await directory.UnchangedAsync(entry, lost) is { } etag)
            await directory.TryReplaceAsync(entry with { Move = null, Last = new(move.To ?? "", clock.GetUtcNow(), why) }, etag, lost);
    }

    private CharterBoard OwnCharters(DirectoryEntry entry) =>
        new(accounts.Of(place.Own.Name), options, async cancellation => await directory.UnchangedAsync(entry, cancellation) is not null);

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

    [LoggerMessage(Level = LogLevel.Error, Message = "What the directory says of {Tenant} cannot be read, so it is not moved; expected is an entry with the fields and types of docs/techniques/stamps.md")]
    private static partial void Unreadable(ILogger logger, string tenant);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The move of {Tenant} waits: {Reason}")]
    private static partial void Waits(ILogger logger, string tenant, string reason);
}
