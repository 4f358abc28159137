using System.Net.WebSockets;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>WebSockets and event streams that their client breaks off, or talks nonsense in.</summary>
public sealed class StreamFaultTests : IAsyncLifetime
{
    private const int Many = 20;
    private const string Socket = "GET /socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    private const string Events = "GET /events HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n";

    private TestOrigin _origin = null!;
    private NobodyIsMoved _scene = null!;

    public async Task InitializeAsync()
    {
        _origin = await TestOrigin.StartAsync("a", async context =>
        {
            if (context.WebSockets.IsWebSocketRequest)
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                var buffer = new byte[100];
                while ((await socket.ReceiveAsync(buffer, context.RequestAborted)).MessageType != WebSocketMessageType.Close)
                {
                }
            }
            else if (context.Request.Path == "/events")
            {
                context.Response.ContentType = "text/event-stream";
                await context.Response.WriteAsync("data: a\n\n");
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
            else
            {
                await context.Response.WriteAsync("a");
            }
        });
        _scene = await NobodyIsMoved.StartAsync(_origin.Address, []);
    }

    public async Task DisposeAsync()
    {
        await _scene.DisposeAsync();
        await _origin.DisposeAsync();
    }

    [Theory]
    [InlineData(Socket, "", true)]
    [InlineData(Socket, "", false)]
    [InlineData(Socket, "\x81", true)]
    [InlineData(Socket, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", false)]
    [InlineData(Socket, "GET / HTTP/1.1\r\n\r\n", false)]
    [InlineData(Events, "", true)]
    [InlineData(Events, "", false)]
    [InlineData(Events, "nonsense\r\n\r\n", true)]
    public async Task Streams_that_end_in_the_middle(string request, string then, bool reset)
    {
        for (var i = 0; i < Many; i++)
        {
            using var client = await RawClient.ConnectAsync(_scene.Router);
            await client.SayAsync(request);
            Assert.Matches("^HTTP/1.1 (101|200) ", await client.HearAsync("\r\n\r\n"));
            await client.SayAsync(then);
            if (reset)
                client.Reset();
        }

        await Eventually.IsAsync(() => _scene.Near.Streams.Count == 0);
        await _scene.HoldsAsync();
    }
}
