namespace Geode.Service.Idempotency;

/// <summary>That a key was used, and for what. Its container forgets it after a while.</summary>
internal sealed record IdempotencyRecord
{
    /// <summary>From whose key it is and the key.</summary>
    public required string Id { get; init; }

    /// <summary>The partition: whose key it is.</summary>
    public required string Visitor { get; init; }

    /// <summary>Fingerprint of the request.</summary>
    public required string Request { get; init; }

    /// <summary>What the request made.</summary>
    public required string DocumentId { get; init; }

    /// <summary>The partition of what it made.</summary>
    public required string Partition { get; init; }
}
