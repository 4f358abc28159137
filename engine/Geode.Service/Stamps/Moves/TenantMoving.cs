using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Stamps.Moves;

/// <summary>One tenant's move, phase by phase. Every phase may be done again from its beginning, by another process as well: what it finds done it
/// leaves as it is. Requests never wait for a move; a move waits for whatever serves requests, and is undone when that takes too long.</summary>
internal sealed partial class TenantMoving(
    DirectoryEntry entry, TenantDirectory directory, StampAccounts accounts, StampMembers members, GeodeOptions options, TimeProvider clock, ILogger logger)
{
    /// <summary>For so long writes may be held before the tenant stays where it is.</summary>
    public static readonly TimeSpan PauseLimit = TimeSpan.FromSeconds(45);

    private const int FewEnough = 20;
    private const int MostRounds = 10;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly TenantMove _move = entry.Move ?? throw new ArgumentException("There is no move.", nameof(entry));
    private readonly StampAccount _old = accounts.Of(entry.Move!.From);
    private readonly StampAccount _new = accounts.Of(entry.Move!.To);
    private readonly TenantCopy _copy = new(entry.Id);

    /// <summary>Does the phase that the directory says, and enters the next.</summary>
    /// <exception cref="CosmosException">A replica or the directory failed; to be done again.</exception>
    public async Task StepAsync(CancellationToken cancellation)
    {
        Doing(logger, entry.Id, _move.Phase, _move.From, _move.To);
        await (_move.Phase switch
        {
            MovePhases.Copying => CopyAsync(cancellation),
            MovePhases.Pausing => PauseAsync(cancellation),
            MovePhases.Closing => CloseAsync(cancellation),
            MovePhases.Opening => OpenAsync(cancellation),
            MovePhases.Cleaning => CleanAsync(cancellation),
            MovePhases.Undoing => UndoAsync(cancellation),
            _ => throw new InvalidOperationException($"'{_move.Phase}' is no phase of a move."),
        });
    }

    // While the old stamp serves. Each round copies what was written during the one before.
    private async Task CopyAsync(CancellationToken cancellation)
    {
        var containers = await ContainersAsync(cancellation);
        var odd = (await TenantContent.ReadAsync(Any(_old), containers, entry.Id, null, cancellation)).Documents.Keys.FirstOrDefault(key => !key.IsAddressable);
        if (odd.Id is not null)
        {
            await UndoingAsync($"'{odd.Id}' in '{odd.Container}' has an id that no client can address: no /, \\, # or space at the end is allowed", cancellation);
            return;
        }

        await Charters(_new).SetAsync(entry.Id, CharterStates.Arriving, _move.Residency, _move.From, cancellation);
        for (var round = 0; round < MostRounds; round++)
        {
            if (await _copy.CopyAsync(Any(_old), Any(_new), containers, cancellation) <= FewEnough)
                break;
        }

        await EnterAsync(MovePhases.Pausing, cancellation);
    }

    private async Task PauseAsync(CancellationToken cancellation)
    {
        if (!await StoppedAsync(CharterStates.Paused, cancellation))
            return;
        var containers = await ContainersAsync(cancellation);
        while (true)
        {
            var old = await _copy.ContentsAsync(_old, containers, cancellation);
            // What one of its replicas has alone was acknowledged, and has to come along.
            if (old.All(old[0].IsSameAs))
            {
                await _copy.CopyAsync(Any(_old), Any(_new), containers, cancellation);
                if ((await _copy.ContentsAsync(_new, containers, cancellation)).All(old[0].IsSameAs))
                    break;
            }

            if (await IsTooLateAsync("the replicas did not agree in time", cancellation))
                return;
            await Task.Delay(Look, clock, cancellation);
        }

        if (!await IsTooLateAsync("it took too long to compare the replicas", cancellation))
            await EnterAsync(MovePhases.Closing, cancellation);
    }

    private async Task CloseAsync(CancellationToken cancellation)
    {
        if (!await StoppedAsync(CharterStates.Closed, cancellation))
            return;
        // Who is to serve from now on has to be there.
        await Charters(_new).SetAsync(entry.Id, CharterStates.Arriving, _move.Residency, _move.From, cancellation);
        await EnterAsync(MovePhases.Opening, cancellation, entry with { Stamp = _move.To, Residency = _move.Residency });
    }

    // The new stamp serves first: where nobody did, requests would go to and fro.
    private async Task OpenAsync(CancellationToken cancellation)
    {
        await Charters(_new).SetWhereItCanAsync(entry.Id, CharterStates.Here, entry.Residency, null, cancellation);
        await Charters(_old).SetWhereItCanAsync(entry.Id, CharterStates.Left, null, _move.To, cancellation);
        await EnterAsync(MovePhases.Cleaning, cancellation);
    }

    private async Task CleanAsync(CancellationToken cancellation)
    {
        // Everywhere, also where it was not heard before: nothing comes there any more that would be left.
        await Charters(_old).SetAsync(entry.Id, CharterStates.Left, null, _move.To, cancellation);
        await DeleteAsync(_old, cancellation);
        await EndAsync(new(_move.To, clock.GetUtcNow()), cancellation);
    }

    private async Task UndoAsync(CancellationToken cancellation)
    {
        await Charters(_old).SetWhereItCanAsync(entry.Id, CharterStates.Here, entry.Residency, null, cancellation);
        await Charters(_new).SetAsync(entry.Id, CharterStates.Left, null, _move.From, cancellation);
        await DeleteAsync(_new, cancellation);
        await EndAsync(new(_move.To, clock.GetUtcNow(), _move.Why ?? "it was called off"), cancellation);
    }

    /// <returns>False: it took too long, and is being undone.</returns>
    private async Task<bool> StoppedAsync(string state, CancellationToken cancellation)
    {
        var revision = await Charters(_old).SetAsync(entry.Id, state, entry.Residency, null, cancellation);
        while (await members.WithoutAsync(entry.Id, revision, cancellation) is [var first, ..])
        {
            if (await IsTooLateAsync($"{first} did not stop in time", cancellation))
                return false;
            await Task.Delay(Look, clock, cancellation);
        }

        return true;
    }

    private async Task<bool> IsTooLateAsync(string why, CancellationToken cancellation)
    {
        if (clock.GetUtcNow() - _move.Since < PauseLimit)
            return false;
        await UndoingAsync(why, cancellation);
        return true;
    }

    /// <summary>From now on the move is undone.</summary>
    /// <exception cref="CosmosException">The directory cannot be asked.</exception>
    public Task UndoingAsync(string why, CancellationToken cancellation) =>
        ReplaceAsync(entry with { Move = _move with { Phase = MovePhases.Undoing, Since = clock.GetUtcNow(), Why = why } }, cancellation);

    // Until no replica shows any of it, also what one of them brings late from another.
    private async Task DeleteAsync(StampAccount account, CancellationToken cancellation)
    {
        var containers = await ContainersAsync(cancellation);
        while (true)
        {
            var left = 0;
            foreach (var region in account.Regions)
                left += await _copy.DeleteAsync(account.Replica(region), containers, cancellation);
            if (left == 0 && (await _copy.ContentsAsync(account, containers, cancellation)).All(content => content.Documents.Count == 0))
                return;
            await Task.Delay(Look, clock, cancellation);
        }
    }

    private Task EnterAsync(string phase, CancellationToken cancellation, DirectoryEntry? changed = null) =>
        ReplaceAsync((changed ?? entry) with { Move = _move with { Phase = phase, Since = clock.GetUtcNow() } }, cancellation);

    private Task EndAsync(MoveOutcome outcome, CancellationToken cancellation) =>
        ReplaceAsync(entry with { Move = null, Last = outcome }, cancellation);

    // Somebody else who has changed it, another process or a person, is right: the next look begins from there.
    private async Task ReplaceAsync(DirectoryEntry changed, CancellationToken cancellation)
    {
        if (await directory.UnchangedAsync(entry, cancellation) is { } etag)
            await directory.TryReplaceAsync(changed, etag, cancellation);
    }

    private CharterBoard Charters(StampAccount account) => new(account, options, async cancellation => await directory.UnchangedAsync(entry, cancellation) is not null);

    private Task<IReadOnlyList<TenantContainer>> ContainersAsync(CancellationToken cancellation) => TenantContainer.AllAsync(Any(_old), cancellation);

    private static Database Any(StampAccount account) => account.Replica(account.Regions[0]);

    [LoggerMessage(Level = LogLevel.Information, Message = "Tenant {Tenant}: {Phase}, from {From} to {To}")]
    private static partial void Doing(ILogger logger, string tenant, string phase, string from, string to);
}
