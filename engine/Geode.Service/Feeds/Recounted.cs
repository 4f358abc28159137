using System.Text.Json.Serialization;

namespace Geode.Service.Feeds;

/// <summary>A result that a <see cref="Recount{TDocument, TResult}"/> stores.</summary>
public abstract record Recounted
{
    /// <summary>Unique within its partition.</summary>
    public required string Id { get; init; }

    /// <summary>The container's conflict path: of two results the later owner's stands. Set when it is stored.</summary>
    public long Fence { get; init; }

    /// <summary>The process that counted. Set when it is stored.</summary>
    public string? Writer { get; init; }

    /// <summary>The trace of the change that was counted. Set when it is stored.</summary>
    public string? Traceparent { get; init; }

    /// <summary>Of a result as it was read.</summary>
    [JsonPropertyName("_etag")]
    public string? ETag { get; init; }
}
