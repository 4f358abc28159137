using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Geode.Router.Tests.Support;

/// <summary>A client at the level of bytes, which can leave in every way there is.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _connection = new();
    private readonly StringBuilder _heard = new();
    private NetworkStream _stream = null!;

    public static Task<RawClient> ConnectAsync(TestRouter router) => ConnectAsync(router.Address);

    public static async Task<RawClient> ConnectAsync(Uri address)
    {
        var client = new RawClient();
        await client._connection.ConnectAsync(IPAddress.Loopback, address.Port);
        client._stream = client._connection.GetStream();
        return client;
    }

    public async Task SayAsync(string text) => await SayAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>A router that has hung up already is no failure of the test.</summary>
    public async Task SayAsync(byte[] bytes)
    {
        try
        {
            await _stream.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // It has said what it had to say.
        }
    }

    /// <summary>What has come until the given text is among it, or the other end has closed.</summary>
    public async Task<string> HearAsync(string until)
    {
        var buffer = new byte[4096];
        try
        {
            while (!_heard.ToString().Contains(until, StringComparison.Ordinal)
                && await _stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromMinutes(5)) is var read and > 0)
                _heard.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // Reset: there is no more to hear.
        }

        return _heard.ToString();
    }

    /// <summary>Says that nothing more comes, and still listens.</summary>
    public void HalfClose() => _connection.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Is gone without a word.</summary>
    public void Reset() => RawOrigin.Reset(_connection.Client);

    public void Dispose() => _connection.Dispose();
}
