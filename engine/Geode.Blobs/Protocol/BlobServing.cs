using Geode.Blobs.Storage;

namespace Geode.Blobs.Protocol;

/// <summary>An account as it is served: the original, or a copy that can only be read.</summary>
/// <param name="Account">Its containers and blobs.</param>
/// <param name="SignedAs">The account's name as clients sign it.</param>
/// <param name="IsCopy">Whether it takes no writes.</param>
public sealed record BlobServing(BlobAccount Account, string SignedAs, bool IsCopy)
{
    /// <summary>For a copy: a time at which the original had nothing that the copy lacks; null: none is known.</summary>
    public Func<CancellationToken, Task<DateTimeOffset?>> SyncedAt { get; init; } = _ => Task.FromResult<DateTimeOffset?>(null);

    internal StagedBlocks Staged { get; } = new(Account, Account.Clock);
}
