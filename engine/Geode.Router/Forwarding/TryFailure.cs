using System.Net;
using System.Net.Sockets;

namespace Geode.Router.Forwarding;

/// <summary>What is wrong with the outcome of a try.</summary>
internal enum TryFailure
{
    None,

    /// <summary>No connection: provably no byte of the request has reached anybody.</summary>
    Unreached,

    /// <summary>The connection broke before the answer; the origin may have acted on the request.</summary>
    Broken,

    /// <summary>An answer that says "not now": 502, 503, 504, or 429 with Retry-After.</summary>
    Declined,
}

internal static class TryFailureOf
{
    public static TryFailure Response(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => TryFailure.Declined,
        HttpStatusCode.TooManyRequests when response.Headers.NonValidated.Contains("Retry-After") => TryFailure.Declined,
        _ => TryFailure.None,
    };

    /// <summary>Only a connection that was never made counts as unreached: refused, unroutable, or not made in time. In every
    /// other case bytes may have left.</summary>
    public static TryFailure Exception(Exception error) => error switch
    {
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError,
            InnerException: SocketException
            {
                SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostUnreachable or SocketError.NetworkUnreachable
                    or SocketError.HostDown or SocketError.NetworkDown
            }
        } => TryFailure.Unreached,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } => TryFailure.Unreached,
        _ when IsOurs(error) => TryFailure.Unreached,
        // So the connection pool reports its connect time-out, and nothing else.
        OperationCanceledException { InnerException: TimeoutException } => TryFailure.Unreached,
        _ => TryFailure.Broken,
    };

    /// <summary>The connection was not made for want of something here: sockets, ports, memory.</summary>
    public static bool IsOurs(Exception error) => error is HttpRequestException
    {
        InnerException: SocketException
        {
            SocketErrorCode: SocketError.TooManyOpenSockets or SocketError.AddressNotAvailable or SocketError.NoBufferSpaceAvailable
        }
    };
}
