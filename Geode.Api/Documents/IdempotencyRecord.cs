namespace Geode.Api.Documents;

/// <summary>That a key was used, and for what; in the container <c>idempotency</c>, which forgets it after a day.</summary>
public sealed record IdempotencyRecord
{
    /// <summary>From whose key it is and the key.</summary>
    public required string Id { get; init; }

    /// <summary>The partition: whose key it is.</summary>
    public required string Visitor { get; init; }

    /// <summary>Fingerprint of the request.</summary>
    public required string Request { get; init; }

    /// <summary>What the request made.</summary>
    public required string PostId { get; init; }

    public required string QuestionId { get; init; }
}
