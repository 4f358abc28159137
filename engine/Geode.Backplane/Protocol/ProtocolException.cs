using System.Text.Encodings.Web;
using System.Text.Json;

using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Protocol;

/// <summary>An answer other than success: what Cosmos DB would say. <paramref name="subStatus"/> is <c>x-ms-substatus</c>.</summary>
public sealed class ProtocolException(int status, string message, int subStatus = 0) : Exception(message)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int Status => status;

    public int SubStatus => subStatus;

    /// <summary>For 429: <c>x-ms-retry-after-ms</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>For a query that needs a plan: the plan, as <c>additionalErrorInfo</c>.</summary>
    public string? AdditionalInfo { get; init; }

    /// <summary>The <c>code</c> of the error body.</summary>
    public string Code => status switch
    {
        400 => "BadRequest",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        412 => "PreconditionFailed",
        413 => "RequestEntityTooLarge",
        429 => "TooManyRequests",
        449 => "RetryWith",
        501 => "NotImplemented",
        503 => "ServiceUnavailable",
        _ => "InternalServerError",
    };

    public static ProtocolException BadRequest(string message, int subStatus = 0) => new(400, message, subStatus);

    /// <summary>400 with an error in the form that clients look for: <c>Message: {"Errors":["…"]}</c>.</summary>
    /// <param name="error">In Cosmos DB's words.</param>
    /// <param name="allowed">What is allowed, where those words do not say it.</param>
    public static ProtocolException Inputs(string error, string? allowed = null)
    {
        var quoted = JsonSerializer.Serialize(error, Plain);
        return new(400, $"Message: {{\"Errors\":[{quoted}]}}{(allowed is null ? "" : $" {allowed}")}");
    }

    public static ProtocolException NotFound(string what) => new(404, $"Resource Not Found. Learn more: https://aka.ms/cosmosdb-tsg-not-found {what}");

    /// <summary>What contains the resource is gone: a write that raced with the deletion of its container.</summary>
    public static ProtocolException OwnerNotFound(string container) =>
        new(404, $"Resource Not Found. Owner resource does not exist: container '{container}' has been deleted.", Codecs.SubStatus.OwnerResourceNotFound);

    public static ProtocolException Exists(string what) => new(409, $"{what} already exists.");

    public static ProtocolException PreconditionFailed() =>
        new(412, "One of the specified pre-condition is not met. Learn more: https://aka.ms/CosmosDB/sql/errors/precondition-failed Read the resource again and retry with its current etag.");
}
