namespace Geode.Backplane.Storage;

/// <summary>One version of an item as one replica holds it. Immutable, so readers need no lock once they have it.</summary>
public sealed class Document : Indexes.IDocument
{
    public required Commit Commit { get; init; }

    public required Operation Operation { get; init; }

    /// <summary>The first 16 bytes of the effective partition key, big-endian: sorts as the key sorts.</summary>
    public required UInt128 HashPrefix { get; init; }

    /// <summary>This replica's number of the change within its partition: the order of its change feed.</summary>
    public long Lsn { get; internal set; }

    /// <summary>This replica's number of the commit over all partitions; readable once that much is durable.</summary>
    public long Ticket { get; init; }

    /// <summary>Unix seconds after which the item is gone, or <see cref="long.MaxValue"/>.</summary>
    public long ExpiresAt { get; init; } = long.MaxValue;

    /// <summary>Versions that nobody has superseded and that lost to this one; null when there is no conflict.</summary>
    public ConflictState? Conflict { get; init; }

    /// <summary>True once the item's expiry is part of the change feed. For conflicts it is still the version that was written.</summary>
    public bool Expired { get; init; }

    public ulong Rid => Operation.Rid;

    public string Id => Operation.Id;

    public string PartitionKey => Operation.PartitionKey;

    public ReadOnlyMemory<byte> Json => Operation.Json;

    public bool Deleted => Operation.Kind == OperationKind.DeleteDocument;

    /// <summary>Deleted or expired: in no index.</summary>
    public bool Gone => Deleted || Expired;

    /// <summary>Quoted, as in the <c>etag</c> header and <c>_etag</c>. Derived from the commit, so it differs for every version
    /// and agrees in every region.</summary>
    public string ETag => EntityTag.Of(Commit.Dot, Operation.Rid);

    /// <summary>True once another version took its place; set under the partition's lock.</summary>
    internal bool Superseded { get; set; }

    public Dot Dot => Commit.Dot;

    /// <summary>Everything that was known of this item when the version became current.</summary>
    public VersionVector Context => Conflict?.Context ?? Commit.Context;

    /// <summary>This version in that place of the feed: itself, unless it has another place already.</summary>
    internal Document At(long lsn)
    {
        if (Lsn is not 0 && Lsn != lsn)
            return Copy(lsn, Conflict);
        Lsn = lsn;
        return this;
    }

    /// <summary>This version as it arrives from another replica, whose numbers of it mean nothing here.</summary>
    internal Document Taken(long ticket) => new()
    {
        Commit = Commit,
        Operation = Operation,
        HashPrefix = HashPrefix,
        Ticket = ticket,
        ExpiresAt = ExpiresAt,
        Expired = Expired,
        Conflict = Conflict,
    };

    /// <summary>This version in another place of the feed.</summary>
    internal Document Renumbered(long lsn) => Copy(lsn, Conflict);

    internal Document With(ConflictState? conflict) => ReferenceEquals(Conflict, conflict) ? this : Copy(Lsn, conflict);

    /// <summary>The version without what it knows of others: how a loser is kept.</summary>
    internal Document Alone() => With(null);

    /// <summary>The version after its time: a change of its own, though of the same commit.</summary>
    internal Document Expire(long ticket) => new()
    {
        Commit = Commit,
        Operation = Operation with { },
        HashPrefix = HashPrefix,
        Ticket = ticket,
        ExpiresAt = ExpiresAt,
        Expired = true,
        Conflict = Conflict,
    };

    internal Document WithExpiry(long expiresAt) => Copy(Lsn, Conflict, expiresAt);

    public bool LiveAt(long unixSeconds) => !Gone && ExpiresAt > unixSeconds;

    private Document Copy(long lsn, ConflictState? conflict, long? expiresAt = null) => new()
    {
        Commit = Commit,
        Operation = Operation,
        HashPrefix = HashPrefix,
        Lsn = lsn,
        Ticket = Ticket,
        ExpiresAt = expiresAt ?? ExpiresAt,
        Expired = Expired,
        Conflict = conflict,
    };
}

/// <param name="Others">The losing versions, in no order.</param>
/// <param name="Context">Everything that any version received for this item had seen, the versions included.</param>
public sealed record ConflictState(IReadOnlyList<Document> Others, VersionVector Context);
