namespace Geode.Backplane.Storage.Items;

public enum ItemOperationKind
{
    Create,
    Replace,
    Upsert,
    Delete,
    Patch,
    Read,
}

/// <summary>One item operation of a request or batch, before it meets the state.</summary>
/// <param name="Place">Of its partition key.</param>
/// <param name="Body">For create, replace and upsert.</param>
/// <param name="Patch">For patch: from the stored item to the new one; throws <see cref="ItemRefusedException"/>.</param>
/// <param name="Misfit">The body is not for the item: what the operation is answered with when the item is there.</param>
/// <param name="Refusal">The operation has failed before it met the state: what it is answered with.</param>
public sealed record ItemOperation(
    ItemOperationKind Kind,
    string Id,
    KeyPlace Place,
    DocumentBody? Body = null,
    string? IfMatch = null,
    string? IfNoneMatch = null,
    Func<ReadOnlyMemory<byte>, DocumentBody>? Patch = null,
    ItemResult? Refusal = null,
    ItemResult? Misfit = null)
{
    /// <summary>Whether a replacement gives its item another id.</summary>
    public bool Renames => Kind == ItemOperationKind.Replace && Body is not null && !string.Equals(Body.Id, Id, StringComparison.Ordinal);

    /// <summary>Canonical JSON.</summary>
    public string PartitionKey => Place.Key;

    /// <summary>See <see cref="HashPrefix"/>.</summary>
    public UInt128 Hash => Place.Hash;
}

/// <summary>What became of an operation: an HTTP status, and the item as it now is.</summary>
/// <param name="Json">UTF-8; empty after a delete or a failure.</param>
/// <param name="Error">For the client; null on success.</param>
/// <param name="Properties">Values in the item that was written.</param>
/// <param name="BytesBefore">Of the version that was replaced or deleted.</param>
/// <param name="Ticket">The result may be shown once this much is durable.</param>
public sealed record ItemResult(
    int Status, int SubStatus = 0, string? ETag = null, ReadOnlyMemory<byte> Json = default, string? Error = null, long Ticket = 0, int Properties = 0, int BytesBefore = 0)
{
    public bool Succeeded => Status < 300 || Status == 304;
}
