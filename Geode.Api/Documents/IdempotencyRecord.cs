namespace Geode.Api.Documents;

/// <summary>That a key was used, and for what; in the container <c>idempotency</c>, which forgets it after a day.</summary>
public sealed record IdempotencyRecord
{
    /// <summary>The id of the post the request made.</summary>
    public required string Id { get; init; }

    /// <summary>The partition: whose key it is.</summary>
    public required string Visitor { get; init; }

    /// <summary>Fingerprint of the request.</summary>
    public required string Request { get; init; }

    public required string QuestionId { get; init; }
}
