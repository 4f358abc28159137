using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Storage;

public enum Durability
{
    /// <summary>Acknowledged when the operating system has it: survives the process, not the machine.</summary>
    None,

    /// <summary>Acknowledged when it is flushed to the disk, together with all that was waiting.</summary>
    Batch,
}

/// <param name="Name">The region's name.</param>
/// <param name="DataFolder">Null: memory only.</param>
/// <param name="Partitions">Partition-key ranges that a new container has at least, 1 or more; the same in every region.</param>
public sealed record ReplicaOptions(string Name, string? DataFolder = null, Durability Durability = Durability.Batch, int Partitions = 1)
{
    public RegionId Id { get; } = RegionId.Of(Name);

    /// <summary>The log is compacted into a snapshot when it has grown by this much, and by as much as the last snapshot has.</summary>
    public long CompactAfterBytes { get; init; } = 64 << 20;

    /// <summary>A partition-key range whose items have more bytes than this is split.</summary>
    public long RangeBytes { get; init; } = LargestRange;

    /// <summary>What Cosmos DB puts into one: 50 GB.</summary>
    public const long LargestRange = 50L << 30;

    /// <summary>What each partition keeps of replaced versions, for those who read all of them.</summary>
    public int HistoryBytes { get; init; } = HistoryOf(replicas: 1);

    /// <summary>Which tenants may be written to; null where there are no stamps.</summary>
    public TenantGuard? Tenants { get; init; }

    /// <summary>For those whose changes are few and read as they come.</summary>
    public const int LeastHistory = 512 << 10;

    /// <summary>8 MB, and less where many replicas of one process would make much of it.</summary>
    public static int HistoryOf(int replicas) => Math.Clamp((64 << 20) / replicas, LeastHistory, 8 << 20);

    /// <summary>From an item's conflict value to what resolves its conflicts.</summary>
    internal Func<Func<Document, double>, IConflictResolver> Resolver { get; init; } = value => new ConflictResolver(value);
}
