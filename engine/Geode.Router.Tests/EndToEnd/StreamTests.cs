using System.Net.WebSockets;
using System.Text;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>WebSockets and event streams pass through, and end well when their origin drains.</summary>
public sealed class StreamTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _gate = new();
    private TestOrigin _first = null!;
    private TestOrigin _second = null!;

    public async Task InitializeAsync()
    {
        _first = await TestOrigin.StartAsync("a", AnswerAsync("a"));
        _second = await TestOrigin.StartAsync("b", AnswerAsync("b"));
    }

    public async Task DisposeAsync()
    {
        _gate.TrySetResult();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task A_draining_origin_finishes_its_requests_and_sends_its_sockets_elsewhere()
    {
        await using var router = await TestRouter.StartAsync([_first.Address, _second.Address], "Streams:GraceMs=0", "Streams:SpreadMs=100");
        await router.Admin.PostAsync("/_router/origins/b/drain", null);
        // Of the kind that goes to one origin at most, so that all of them stay there.
        var requests = Enumerable.Range(0, 200).Select(i => router.Client.PostAsync($"/wait/{i}", new StringContent("x"))).ToList();
        var sockets = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ConnectAsync(router)));
        await Eventually.IsAsync(() => _first.Requests == 250);
        Assert.All(sockets, s => Assert.Equal("a", s.Name));
        await router.Admin.PostAsync("/_router/origins/b/undrain", null);

        await router.Admin.PostAsync("/_router/origins/a/drain", null);
        var reconnected = await Task.WhenAll(sockets.Select(async s =>
        {
            Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await CloseStatusAsync(s.Socket));
            return await ConnectAsync(router);
        }));
        Assert.All(reconnected, s => Assert.Equal("b", s.Name));
        await Eventually.IsAsync(async () => (await router.ReportAsync("a")).GetProperty("streams").GetInt32() == 0);
        Assert.Equal(200, (await router.ReportAsync("a")).GetProperty("inFlight").GetInt32());

        _gate.SetResult();
        Assert.All(await Task.WhenAll(requests), answer => Assert.Equal(("a", 200), (answer.ServedBy(), (int)answer.StatusCode)));
        Assert.Equal(250, _first.Requests);
        foreach (var (socket, _) in sockets.Concat(reconnected))
            socket.Dispose();
    }

    [Fact]
    public async Task Messages_pass_both_ways_and_a_close_by_the_client_is_the_origins_to_answer()
    {
        await using var router = await TestRouter.StartAsync([_first.Address]);
        var (socket, _) = await ConnectAsync(router);
        foreach (var size in new[] { 1, 125, 126, 5_000, 70_000 })
        {
            var sent = new string('m', size);
            await socket.SendAsync(Encoding.ASCII.GetBytes(sent), WebSocketMessageType.Text, true, CancellationToken.None);
            Assert.Equal(sent, await ReceiveAsync(socket));
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        socket.Dispose();
        await Eventually.IsAsync(async () => (await router.ReportAsync("a")).GetProperty("streams").GetInt32() == 0);
    }

    [Fact]
    public async Task A_socket_over_http_2_is_sent_elsewhere_too()
    {
        await using var router = await TestRouter.RunAsync(
            ["Origins:a=" + _first.Address.GetLeftPart(UriPartial.Authority), "Streams:GraceMs=0", "Streams:SpreadMs=0"],
            builder =>
            {
                builder.Configuration["Kestrel:Endpoints:H2:Url"] = "http://127.0.0.1:0";
                builder.Configuration["Kestrel:Endpoints:H2:Protocols"] = "Http2";
            });
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = System.Net.HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await socket.ConnectAsync(new UriBuilder(router.Address) { Scheme = "ws", Path = "/socket" }.Uri, invoker, CancellationToken.None);
        Assert.Equal("a", await ReceiveAsync(socket));
        await router.Admin.PostAsync("/_router/origins/a/drain", null);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await CloseStatusAsync(socket));
    }

    [Fact]
    public async Task A_client_that_does_not_answer_the_close_is_cut()
    {
        await using var router = await TestRouter.StartAsync([_first.Address], "Streams:GraceMs=0", "Streams:SpreadMs=0", "Streams:CloseMs=50");
        var (socket, _) = await ConnectAsync(router);
        await router.Admin.PostAsync("/_router/origins/a/drain", null);
        await Eventually.IsAsync(async () => (await router.ReportAsync("a")).GetProperty("streams").GetInt32() == 0);
        socket.Dispose();
    }

    [Fact]
    public async Task Sockets_of_an_origin_that_is_found_unhealthy_are_sent_elsewhere()
    {
        await using var router = await TestRouter.StartAsync([_first.Address, _second.Address], "Streams:GraceMs=0", "Streams:SpreadMs=0");
        await router.Admin.PostAsync("/_router/origins/b/drain", null);
        var (socket, _) = await ConnectAsync(router);
        await router.Admin.PostAsync("/_router/origins/b/undrain", null);
        _first.Healthy = false;
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await CloseStatusAsync(socket));
        var (again, name) = await ConnectAsync(router);
        Assert.Equal("b", name);
        socket.Dispose();
        again.Dispose();
    }

    [Fact]
    public async Task Events_arrive_as_they_are_sent_and_end_cleanly_when_the_origin_drains()
    {
        await using var router = await TestRouter.StartAsync([_first.Address], "Streams:GraceMs=0", "Streams:SpreadMs=0");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/events");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await router.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("data: a", await reader.ReadLineAsync());
        Assert.Equal("", await reader.ReadLineAsync());
        Assert.Equal((0, 1), await CountsAsync(router));

        await router.Admin.PostAsync("/_router/origins/a/drain", null);
        Assert.Equal("", await reader.ReadToEndAsync());
        await Eventually.IsAsync(async () => await CountsAsync(router) == (0, 0));
    }

    private static async Task<(int InFlight, int Streams)> CountsAsync(TestRouter router)
    {
        var report = await router.ReportAsync("a");
        return (report.GetProperty("inFlight").GetInt32(), report.GetProperty("streams").GetInt32());
    }

    private RequestDelegate AnswerAsync(string name) => async context =>
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.SendAsync(Encoding.ASCII.GetBytes(name), WebSocketMessageType.Text, true, context.RequestAborted);
            await EchoAsync(socket, context.RequestAborted);
        }
        else if (context.Request.Path == "/events")
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync($"data: {name}\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        else
        {
            await _gate.Task;
            await context.Response.WriteAsync(name);
        }
    };

    private static async Task EchoAsync(WebSocket socket, CancellationToken stop)
    {
        var buffer = new byte[100_000];
        while (true)
        {
            var message = await socket.ReceiveAsync(buffer, stop);
            if (message.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(message.CloseStatus ?? WebSocketCloseStatus.NormalClosure, null, stop);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, stop);
        }
    }

    private static async Task<(ClientWebSocket Socket, string Name)> ConnectAsync(TestRouter router)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(router.Address) { Scheme = "ws", Path = "/socket" }.Uri, CancellationToken.None);
        return (socket, await ReceiveAsync(socket));
    }

    private static async Task<string> ReceiveAsync(WebSocket socket)
    {
        var (buffer, text) = (new byte[100_000], new StringBuilder());
        while (true)
        {
            var message = await socket.ReceiveAsync(buffer, CancellationToken.None);
            text.Append(Encoding.ASCII.GetString(buffer, 0, message.Count));
            if (message.EndOfMessage)
                return text.ToString();
        }
    }

    private static async Task<WebSocketCloseStatus?> CloseStatusAsync(WebSocket socket)
    {
        var message = await socket.ReceiveAsync(new byte[100], CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(WebSocketMessageType.Close, message.MessageType);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        return message.CloseStatus;
    }
}
