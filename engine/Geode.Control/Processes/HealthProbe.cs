using System.Net;
using System.Net.Sockets;
using Geode.Topology;

namespace Geode.Control.Processes;

/// <summary>Asks a process whether it is well.</summary>
public sealed class HealthProbe : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = ConnectTimeout })
    {
        Timeout = TimeSpan.FromSeconds(2),
    };

    /// <summary>Whether it answered with success. Refused, reset, timed out and any other status all mean no.</summary>
    public async Task<bool> IsHealthyAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (ConnectionFailure.Is(e))
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Whether anyone listens there. Of a process that starts this is asked first: dozens of refusals are cheaper as answers
    /// than as exceptions, when every other process wants the processor.</summary>
    public static async Task<bool> IsListenedToAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return await ConnectsAsync(address, cancellationToken);
        }
        catch (SocketException)
        {
            // This process has no socket left; that is not the other's fault, and it is asked again.
            return false;
        }
    }

    private static async Task<bool> ConnectsAsync(Uri address, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ConnectTimeout);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var attempt = new SocketAsyncEventArgs { RemoteEndPoint = new DnsEndPoint(address.IdnHost, address.Port) };
        attempt.Completed += (_, _) => connected.SetResult();
        if (socket.ConnectAsync(attempt))
        {
            await using var given = patience.Token.Register(() => Socket.CancelConnectAsync(attempt));
            await connected.Task;
        }

        return attempt.SocketError == SocketError.Success;
    }

    public void Dispose() => _client.Dispose();
}
