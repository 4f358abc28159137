namespace Geode.Backplane.Protocol.Codecs;

/// <summary>What an operation of a batch does; the values are the protocol's.</summary>
public enum BatchOperationType
{
    Create = 0,
    Patch = 1,
    Read = 2,
    Delete = 4,
    Replace = 5,
    Upsert = 20,
}

/// <summary>One operation of a transactional batch or of a bulk request.</summary>
public sealed class BatchOperation
{
    /// <summary>The one resource type that batches contain.</summary>
    public const int DocumentResourceType = 2;

    public required BatchOperationType Type { get; init; }

    /// <summary>JSON as in the partition key header; null in a transactional batch, where the request has one for all.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>The effective partition key, where the client sent its bytes; else empty.</summary>
    public ReadOnlyMemory<byte> EffectivePartitionKey { get; init; }

    /// <summary>The item's id; null for create and upsert, where it is in the body.</summary>
    public string? Id { get; init; }

    /// <summary>The item as UTF-8 JSON, or the patch; a slice of what was read. Empty for read and delete.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    public string? IfMatch { get; init; }

    public string? IfNoneMatch { get; init; }

    /// <summary><c>Default</c>, <c>Include</c> or <c>Exclude</c>; null when not given.</summary>
    public string? IndexingDirective { get; init; }

    /// <summary>Seconds; null when not given.</summary>
    public int? TimeToLive { get; init; }

    /// <summary>Whether the result of a write leaves out the item.</summary>
    public bool MinimalReturn { get; init; }
}
