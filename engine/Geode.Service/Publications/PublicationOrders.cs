using Geode.Service.Steward;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Publications;

/// <summary>What people say of a publication: back to an earlier version, or on with the newest. It goes to every region as a document.</summary>
/// <param name="board">Where it is written.</param>
/// <param name="clock">Tells when it was said.</param>
/// <param name="patience">How long an answer waits for what the word does here; null: a second.</param>
internal sealed class PublicationOrders(PublicationBoard board, TimeProvider clock, TimeSpan? patience = null)
{
    private readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(1);

    /// <summary>From now on no later version than this is in force, in any region, until it is resumed.</summary>
    /// <param name="follower">The publication as this process has it.</param>
    /// <param name="to">Null: the last one before that which is in force here.</param>
    /// <param name="at">When it was said, in milliseconds since 1970; null: now.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>What is in force then; what was before, with the new word, when that takes long.</returns>
    /// <exception cref="PublicationOrderException">There is no such version.</exception>
    /// <exception cref="CosmosException">The replica failed.</exception>
    public async Task<PublicationState> RollBackAsync(PublicationFollower follower, PublicationVersion? to, long? at, CancellationToken cancellation)
    {
        // A process that has just begun.
        if (follower.Version is null)
            await follower.LookAsync(cancellation);
        var view = await board.ReadAsync(follower.Name, cancellation);
        return at <= view.Pin?.Revision ? follower.State : await PinAsync(follower, view, Target(follower, view, to), at, cancellation);
    }

    /// <summary>From now on the newest good version is in force again.</summary>
    /// <inheritdoc cref="RollBackAsync"/>
    public async Task<PublicationState> ResumeAsync(PublicationFollower follower, long? at, CancellationToken cancellation)
    {
        var view = await board.ReadAsync(follower.Name, cancellation);
        return at <= view.Pin?.Revision ? follower.State : await PinAsync(follower, view, null, at, cancellation);
    }

    private static PublicationVersion Target(PublicationFollower follower, PublicationBoardView view, PublicationVersion? to)
    {
        var kept = view.Versions.Select(entry => entry.Version).ToList();
        if (to is { } named)
        {
            return kept.Contains(named)
                ? named
                : throw new PublicationOrderException($"to: '{named}' is not here; there {(kept.Count == 0 ? "is none" : $"are {string.Join(", ", kept)}")}.");
        }

        // What is refused here is nothing to go back to.
        var refused = follower.State.Refused.Select(of => of.Version).ToHashSet();
        return kept.Where(version => version < follower.Version && !refused.Contains(version.ToString())).Select(version => (PublicationVersion?)version).FirstOrDefault()
            ?? throw new PublicationOrderException($"There is no version of '{follower.Name}' before {follower.Version?.ToString() ?? "none"}, which is in force.");
    }

    // When it was said tells which word is the last: one that is taken up late must not undo what was said since.
    private async Task<PublicationState> PinAsync(
        PublicationFollower follower, PublicationBoardView view, PublicationVersion? to, long? at, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var revision = at ?? Math.Max((view.Pin?.Revision ?? 0) + 1, now.ToUnixTimeMilliseconds());
        if (!OrdersDocument.IsPossible(revision, now))
            throw new PublicationOrderException($"at: {revision} is no time, in milliseconds since 1970, of which this could be said now.");
        var region = board.Here.Name;
        await board.Container.UpsertItemAsync(
            new PinDocument(PinDocument.IdOf(region), follower.Name, PinDocument.PinKind, region, revision, to?.ToString(), now),
            new PartitionKey(follower.Name), cancellationToken: cancellation);
        return await AnswerAsync(follower, to, cancellation);
    }

    // The word is given: whoever gave it is not kept waiting for what takes long to load, nor told that it failed when only the look did.
    private async Task<PublicationState> AnswerAsync(PublicationFollower follower, PublicationVersion? to, CancellationToken cancellation)
    {
        var look = follower.LookAsync(CancellationToken.None);
        await Task.WhenAny(look, Task.Delay(_patience, clock, cancellation));
        return look.IsCompletedSuccessfully ? await look : follower.State with { Pinned = to?.ToString() };
    }
}

/// <summary>An order that cannot be carried out; the message says why.</summary>
internal sealed class PublicationOrderException(string message) : Exception(message);
