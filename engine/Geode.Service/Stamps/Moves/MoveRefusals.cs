using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Stamps.Moves;

/// <summary>Why a move may not be gone on with. It may have been written into the directory by hand, in any phase, where nobody checks it; and moving
/// deletes what one of the two stamps has. So before each phase it has to be true what is true of every move that came there phase by phase.</summary>
internal sealed class MoveRefusals(StampPlace place, StampAccounts accounts, GeodeOptions options)
{
    private static readonly string[] Phases =
        [MovePhases.Copying, MovePhases.Pausing, MovePhases.Closing, MovePhases.Opening, MovePhases.Cleaning, MovePhases.Undoing];

    /// <summary>What the entry alone shows; null: nothing.</summary>
    public string? OfEntry(DirectoryEntry entry, TenantMove move)
    {
        if (!Phases.Contains(move.Phase))
            return $"'{move.Phase}' is no phase of a move; there are {string.Join(", ", Phases)}";
        if (Find(move.From) is null)
            return NoStamp(move.From);
        if (Find(move.To) is not { } to)
            return NoStamp(move.To);
        if (move.From == move.To)
            return $"it is from '{move.From}' to '{move.To}', which is the same stamp";
        var has = move.Phase is MovePhases.Opening or MovePhases.Cleaning ? move.To : move.From;
        if (entry.Stamp != has)
            return $"the tenant is in stamp '{entry.Stamp}', and a move from '{move.From}' to '{move.To}' that is {move.Phase} is of one in '{has}'";
        if (move.Phase != MovePhases.Copying)
            return null;
        if (!to.Admits(move.Residency))
            return $"its data has to stay in {move.Residency}, and stamp '{to.Name}' is {(to.Residency is { } its ? $"in {its}" : "anywhere")}";
        return accounts.Reaches(to.Name) ? null : $"stamp '{place.Own.Name}' is not told of the account of '{to.Name}' ({PlanetEnvironment.StampConnection}{to.Name})";
    }

    /// <summary>What the charters of both stamps show; null: nothing. They are set before the phase that relies on them is entered.</summary>
    /// <exception cref="CosmosException">Not enough replicas answer to know.</exception>
    public async Task<string?> OfChartersAsync(DirectoryEntry entry, TenantMove move, CancellationToken cancellation)
    {
        // Where the phase needs all regions anyway, all are asked: one of them alone may not have heard yet.
        var all = move.Phase is MovePhases.Pausing or MovePhases.Closing;
        var arrives = await NewestAsync(move.To, entry.Id, all || move.Phase is MovePhases.Copying or MovePhases.Undoing, cancellation);
        var goes = await NewestAsync(move.From, entry.Id, all || move.Phase is MovePhases.Cleaning, cancellation);
        var isComing = arrives is { State: CharterStates.Arriving } && arrives.To == move.From;
        var isGone = goes is { State: CharterStates.Left } && goes.To == move.To;
        var (oldFits, newFits) = move.Phase switch
        {
            MovePhases.Copying => (IsServing(goes), IsOutside(arrives)),
            MovePhases.Pausing => (IsServing(goes), isComing),
            MovePhases.Closing => (goes is { Holds: true }, isComing),
            MovePhases.Opening => (isGone || goes is { State: CharterStates.Closed }, isComing || arrives is { State: CharterStates.Here }),
            MovePhases.Cleaning => (isGone, isComing || arrives is { State: CharterStates.Here }),
            // What the old stamp says does not matter: the new one alone loses something.
            _ => (true, IsOutside(arrives)),
        };
        if (!oldFits)
            return Said(move, move.From, goes);
        return newFits ? null : Said(move, move.To, arrives);
    }

    // Nobody may have asked for it there yet.
    private static bool IsServing(Charter? charter) => charter is not { State: CharterStates.Left or CharterStates.Arriving };

    private static bool IsOutside(Charter? charter) => charter is null or { State: CharterStates.Left or CharterStates.Arriving };

    private static string Said(TenantMove move, string stamp, Charter? charter) =>
        $"stamp '{stamp}' says of the tenant '{charter?.State ?? "unknown"}', which it does not during a move from '{move.From}' to '{move.To}' that is {move.Phase}";

    private static string NoStamp(string? name) => $"there is no stamp '{name}'";

    private Stamp? Find(string? name) => name is null ? null : place.Whole.FindStamp(name);

    private Task<Charter?> NewestAsync(string stamp, string tenant, bool everywhere, CancellationToken cancellation) =>
        new CharterBoard(accounts.Of(stamp), options, _ => Task.FromResult(false)).NewestAsync(tenant, everywhere, cancellation);
}
