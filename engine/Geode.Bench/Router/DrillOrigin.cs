using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Geode.Bench.Router;

/// <summary>An origin that misbehaves on command: a bare HTTP/1.1 server, because a real one is too well-behaved to reset, to
/// leave its port and to come back within a millisecond.</summary>
/// <param name="capacity">Requests it works on at once; the others wait.</param>
internal sealed class DrillOrigin(int port, string name, TimeSpan serviceTime, int capacity = int.MaxValue)
{
    private static readonly byte[] HeaderEnd = "\r\n\r\n"u8.ToArray();

    private readonly HashSet<Socket> _connections = [];
    private readonly SemaphoreSlim _working = new(capacity);
    private volatile string _fault = "none";
    private Socket? _listener;
    private volatile Task _stall = Task.CompletedTask;

    /// <summary>From now on it does nothing at all for random moments, as a process does that collects garbage, compiles or is not
    /// given the processor: 20 to 400 ms, once in a second or so.</summary>
    public async Task StallAsync(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(random.Next(100, 2_000), stop);
            _stall = Task.Delay(random.Next(20, 400), stop);
        }
    }

    /// <param name="fault"><c>none</c>, <c>503</c>, <c>reset</c>, <c>slow</c> (20 times its service time) or <c>gone</c>.</param>
    public void Become(string fault)
    {
        _fault = fault;
        if (fault == "gone")
            Leave();
        else if (_listener is null)
            Listen();
    }

    public void Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen(512);
        _listener = listener;
        _ = AcceptAsync(listener);
    }

    private void Leave()
    {
        _listener?.Dispose();
        _listener = null;
        lock (_connections)
        {
            foreach (var connection in _connections)
                Reset(connection);
            _connections.Clear();
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            Socket connection;
            try
            {
                connection = await listener.AcceptAsync();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }

            connection.NoDelay = true;
            lock (_connections)
                _connections.Add(connection);
            _ = ServeAsync(connection);
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        var buffer = new byte[64 * 1024];
        var filled = 0;
        try
        {
            while (true)
            {
                int end;
                while ((end = buffer.AsSpan(0, filled).IndexOf(HeaderEnd)) < 0)
                {
                    var read = await connection.ReceiveAsync(buffer.AsMemory(filled));
                    if (read == 0)
                        return;
                    filled += read;
                }

                var total = end + HeaderEnd.Length + BodyLength(Encoding.ASCII.GetString(buffer, 0, end));
                while (filled < total)
                {
                    var read = await connection.ReceiveAsync(buffer.AsMemory(filled));
                    if (read == 0)
                        return;
                    filled += read;
                }

                buffer.AsSpan(total, filled - total).CopyTo(buffer);
                filled -= total;
                if (!await AnswerAsync(connection))
                    return;
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The router closed the connection, or this origin left.
        }
        finally
        {
            lock (_connections)
                _connections.Remove(connection);
            connection.Dispose();
        }
    }

    private async Task<bool> AnswerAsync(Socket connection)
    {
        var fault = _fault;
        if (fault == "reset")
        {
            Reset(connection);
            return false;
        }

        await _working.WaitAsync();
        await _stall;
        await Task.Delay(fault == "slow" ? serviceTime * 20 : serviceTime);
        _working.Release();
        var status = fault == "503" ? "503 Service Unavailable" : "200 OK";
        await connection.SendAsync(Encoding.ASCII.GetBytes(
            FormattableString.Invariant($"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {name.Length}\r\n\r\n{name}")));
        return true;
    }

    private static void Reset(Socket connection)
    {
        connection.LingerState = new LingerOption(true, 0);
        connection.Dispose();
    }

    private static int BodyLength(string head)
    {
        const string header = "\r\ncontent-length:";
        var at = head.IndexOf(header, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return 0;
        var line = head.AsSpan(at + header.Length);
        var end = line.IndexOf('\r');
        return int.Parse((end < 0 ? line : line[..end]).Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
