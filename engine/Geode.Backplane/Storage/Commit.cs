namespace Geode.Backplane.Storage;

public enum OperationKind : byte
{
    PutDocument = 1,
    DeleteDocument = 2,

    /// <summary>Creates or replaces a database, container, script, offer, user, permission or key; <see cref="Operation.Id"/> is its path.</summary>
    PutResource = 3,

    DeleteResource = 4,

    /// <summary>The time of a version is up; <see cref="Operation.Json"/> is its etag. Of no effect where another version stands.</summary>
    ExpireDocument = 5,

    /// <summary>Records a losing version that a write in the same commit took the place of; see <see cref="ConflictFeed"/>.</summary>
    KeepConflict = 16,

    /// <summary>Takes a losing version out of the conflict feed; <see cref="Operation.Id"/> is the conflict's.</summary>
    DeleteConflict = 17,
}

/// <summary>One change inside a commit. Shared between the log, the document store and every replica of the process.</summary>
/// <param name="Container">The container's number (see <see cref="Container.Number"/>); 0 for databases.</param>
/// <param name="Rid">The document's number within its container.</param>
/// <param name="Id">The item's id, or the resource's path (<c>dbs/qna/colls/votes</c>).</param>
/// <param name="PartitionKey">The item's partition key in canonical JSON (<c>["a"]</c>); empty for resources.</param>
/// <param name="Json">UTF-8, complete with system properties; empty for deletes.</param>
public sealed record Operation(
    OperationKind Kind, ulong Container, ulong Rid, string Id, string PartitionKey, ReadOnlyMemory<byte> Json);

/// <summary>What one region accepted as a whole: a single write or a transactional batch. The unit of durability, of replication
/// and of atomicity. Immutable.</summary>
/// <param name="Previous">The origin's sequence number before this one; a replica applies commits of an origin without gaps.</param>
/// <param name="Stamp">Hybrid logical clock of the origin (see <see cref="HybridClock"/>).</param>
/// <param name="Seen">What the origin had applied of the <em>other</em> regions when it accepted this.</param>
public sealed record Commit(
    Dot Dot, long Previous, long Stamp, VersionVector Seen, IReadOnlyList<Operation> Operations)
{
    /// <summary>True when the writer of this commit had applied that one, so that this one supersedes it rather than conflicts with it.</summary>
    public bool HasSeen(Dot other) =>
        other.Region == Dot.Region ? other.Sequence < Dot.Sequence : Seen.Covers(other);

    /// <summary>Everything this commit stands on, itself included.</summary>
    public VersionVector Context => Seen.With(Dot);
}
