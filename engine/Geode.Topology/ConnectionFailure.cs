using System.Net.Sockets;

namespace Geode.Topology;

/// <summary>What an HTTP client says when nobody answers it.</summary>
public static class ConnectionFailure
{
    /// <summary>The client's own exception, or the socket's: that one comes through as it is when the other side has closed a connection by the
    /// time it is made, as one does that is killed just then.</summary>
    public static bool Is(Exception error) => error is HttpRequestException or SocketException;
}
