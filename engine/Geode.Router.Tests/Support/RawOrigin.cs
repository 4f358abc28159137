using System.Net.Sockets;
using System.Text;

namespace Geode.Router.Tests.Support;

/// <summary>An origin at the level of bytes: answers probes, and gives every other request to the test with its connection.</summary>
internal sealed class RawOrigin : TcpOrigin
{
    private readonly Func<Socket, string, Task<bool>> _answer;
    private int _requests;

    /// <param name="answer">Gets the connection and the request's head; returns whether the connection goes on.</param>
    public RawOrigin(Func<Socket, string, Task<bool>> answer)
    {
        _answer = answer;
        Listen();
    }

    /// <summary>Without probes.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Takes requests and never answers them, as a frozen process whose machine still accepts.</summary>
    public static RawOrigin Silent() => new((_, _) => new TaskCompletionSource<bool>().Task);

    /// <summary>Resets the connection at every request.</summary>
    public static RawOrigin Resetting() => new((connection, _) =>
    {
        Reset(connection);
        return Task.FromResult(false);
    });

    public static void Reset(Socket connection)
    {
        connection.LingerState = new LingerOption(true, 0);
        connection.Close();
    }

    public static Task SayAsync(Socket connection, string text) => connection.SendAsync(Encoding.ASCII.GetBytes(text));

    protected override async Task ServeAsync(Socket connection)
    {
        while (await ReadHeadAsync(connection) is { } head)
        {
            if (head.StartsWith("GET /health/", StringComparison.Ordinal))
            {
                await SayAsync(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                continue;
            }

            Interlocked.Increment(ref _requests);
            if (!await _answer(connection, head).WaitAsync(Stop))
                return;
        }
    }

    private async Task<string?> ReadHeadAsync(Socket connection)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await connection.ReceiveAsync(one, Stop) == 0)
                return null;
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
