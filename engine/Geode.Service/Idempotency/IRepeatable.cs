namespace Geode.Service.Idempotency;

/// <summary>A document that a request makes, and would make again if it came again.</summary>
public interface IRepeatable
{
    /// <summary>The document's id.</summary>
    string Id { get; }

    /// <summary>Its partition key's value.</summary>
    string Partition { get; }

    /// <summary><see cref="Fingerprint.Hash"/> of the request that made it; stored with it.</summary>
    string? Request { get; }
}
