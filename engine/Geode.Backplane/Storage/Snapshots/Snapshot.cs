namespace Geode.Backplane.Storage.Snapshots;

/// <summary>A replica's whole state at one point of its log: what a compacted log starts from, and what a new region is seeded with.</summary>
/// <param name="Catalog">Every named resource, deleted ones included.</param>
/// <param name="Orphans">Operations on containers that have not arrived yet.</param>
/// <param name="History">Commits that peers may still ask for.</param>
/// <param name="Floor">Commits that nobody can ask for any more; see <see cref="OriginHistory.Floor"/>.</param>
public sealed record Snapshot(
    VersionVector Applied,
    long Ticket,
    IReadOnlyList<CatalogEntry> Catalog,
    IReadOnlyList<SavedContainer> Containers,
    IReadOnlyList<SavedOperation> Orphans,
    IReadOnlyList<Commit> History,
    VersionVector Floor);

/// <param name="Kept">Conflicts kept for the record.</param>
/// <param name="Closed">Conflicts that the application has dealt with.</param>
public sealed record SavedContainer(
    ulong Number, IReadOnlyList<SavedPartition> Partitions, IReadOnlyList<Conflict> Kept, IReadOnlyList<KeyValuePair<string, Dot>> Closed);

/// <param name="Documents">In the order of their LSN.</param>
public sealed record SavedPartition(long Lsn, IReadOnlyList<Document> Documents);

/// <summary>An operation and the commit it is from.</summary>
public sealed record SavedOperation(Commit Commit, Operation Operation);
