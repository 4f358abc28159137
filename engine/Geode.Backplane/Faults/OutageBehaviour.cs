using Geode.Backplane.Accounts;
using Geode.Backplane.Protocol;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Faults;

/// <summary>What each outage mode does to a request.</summary>
public static class OutageBehaviour
{
    /// <exception cref="ProtocolException">The answer that the mode gives.</exception>
    /// <exception cref="OperationCanceledException">The client gave up, or was cut off.</exception>
    public static async ValueTask ApplyAsync(HttpContext http, OutageMode mode)
    {
        switch (mode)
        {
            case OutageMode.Refuse or OutageMode.Reset:
                http.Abort();
                throw new OperationCanceledException(http.RequestAborted);
            case OutageMode.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
                break;
            case OutageMode.Unavailable:
                throw new ProtocolException(503, "The region is unavailable.");
            case OutageMode.Draining:
                throw new ProtocolException(403, "The region is being taken out of the account.", SubStatus.DatabaseAccountNotFound);
            case OutageMode.WriteForbidden when OneWriter.IsWrite(http.Request):
                throw new ProtocolException(403, "Writes are forbidden in this region.", SubStatus.WriteForbidden);
            case OutageMode.Stale when !OneWriter.IsWrite(http.Request):
                throw new ProtocolException(404, "The read session is not available for the input session token.", SubStatus.ReadSessionNotAvailable);
            case OutageMode.Throttled:
                throw new ProtocolException(429, "Request rate is large.", SubStatus.RequestBudgetExceeded) { RetryAfter = TimeSpan.FromMilliseconds(50) };
        }
    }
}
