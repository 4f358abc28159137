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

    /// <summary>An answer that says "not now": 502, 503 or 504.</summary>
    Declined,

    /// <summary>An answer that says "not so much from you": 429 with Retry-After.</summary>
    Rationed,

    /// <summary>The client broke its own request off, or sent it wrongly, or what cannot be passed on.</summary>
    ClientFailed,

    /// <summary>The origin wanted no more of a body that was still coming. It may (RFC 9112 section 9.6), and does with what is too large
    /// or wrong.</summary>
    Cut,

    /// <summary>An answer that says "not here, but there": the tenant is in another stamp. Nobody has acted on the request.</summary>
    Misdirected,
}

/// <summary>What a failed try is, and whose fault; nobody else decides that.</summary>
internal static class TryFailureOf
{
    /// <summary>Whether it is held against the origin. What a client can bring about by how it sends a request is not.</summary>
    public static bool IsOrigins(TryFailure failure) => failure is TryFailure.Unreached or TryFailure.Broken or TryFailure.Declined;

    public static TryFailure Response(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => TryFailure.Declined,
        HttpStatusCode.TooManyRequests when response.Headers.NonValidated.Contains("Retry-After") => TryFailure.Rationed,
        _ => TryFailure.None,
    };

    /// <param name="body">What the client sends while the origin reads; null: all of the request was here before.</param>
    public static TryFailure Exception(Exception error, ClientBody? body) => body switch
    {
        { Failed: true } => TryFailure.ClientFailed,
        _ when !IsOfConnection(error) => TryFailure.ClientFailed,
        { Begun: true, Ended: false } when Exception(error) == TryFailure.Broken => TryFailure.Cut,
        _ => Exception(error),
    };

    /// <summary>Whether it came about between here and the origin, as everything does that is not known to say that the request could not even
    /// be written down.</summary>
    private static bool IsOfConnection(Exception error) => error is ObjectDisposedException || error is not (
        HttpRequestException { HttpRequestError: HttpRequestError.Unknown, InnerException: null }
        or ArgumentException or FormatException or NotSupportedException or InvalidOperationException);

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
        // A connection that the origin had closed by the time it was made: nothing could be sent.
        SocketException { SocketErrorCode: SocketError.NotConnected } => TryFailure.Unreached,
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
