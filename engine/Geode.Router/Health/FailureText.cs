using System.Net.Sockets;

namespace Geode.Router.Health;

/// <summary>A failed exchange with an origin in a few words, for people.</summary>
internal static class FailureText
{
    public static string Of(Exception error)
    {
        for (Exception? e = error; e is not null; e = e.InnerException)
        {
            if (e is SocketException socket)
                return socket.SocketErrorCode switch
                {
                    SocketError.ConnectionRefused => "connection refused",
                    SocketError.ConnectionReset => "connection reset",
                    SocketError.TimedOut => "connection timed out",
                    var code => $"socket error {code}",
                };
        }

        return error switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => "connection closed before the answer",
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => "not an HTTP answer",
            OperationCanceledException => "no answer in time",
            _ => error.GetType().Name,
        };
    }
}
