using Geode.Backplane.Faults;
using Geode.Blobs.Protocol;

namespace Geode.Backplane.Attachments;

/// <summary>What a region's outage does to requests for its attachments.</summary>
internal static class BlobOutage
{
    /// <summary>What is answered; null: the request is served.</summary>
    /// <exception cref="OperationCanceledException">The client gave up, or was cut off.</exception>
    public static async ValueTask<BlobException?> ApplyAsync(HttpContext http, OutageMode mode)
    {
        switch (mode)
        {
            case OutageMode.Refuse or OutageMode.Reset:
                http.Abort();
                throw new OperationCanceledException(http.RequestAborted);
            case OutageMode.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
                return null;
            case OutageMode.Unavailable or OutageMode.Throttled:
                return new(503, "ServerBusy", "The server is currently unable to receive requests. Please retry your request.");
            case OutageMode.Draining:
                return new(403, "AccountIsDisabled", "The region is being taken out of the planet.");
            case OutageMode.WriteForbidden when !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method):
                return new(403, "InsufficientAccountPermissions", "Write operations are not allowed.");
            default:
                // The others are of the database alone: versions behind a session, the account's list of regions.
                return null;
        }
    }
}
