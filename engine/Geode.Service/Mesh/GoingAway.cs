using System.Net.WebSockets;
using Geode.Runtime.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Service.Mesh;

/// <summary>While this geode drains: takes no new listeners, and tells those it has that it goes away (1001) and not that all is
/// said (1000), so that they reconnect elsewhere at once.</summary>
internal static class GoingAway
{
    public static void Use(WebApplication app, string path)
    {
        var drain = app.Services.GetRequiredService<Drain>();
        app.UseWebSockets();
        app.UseWhen(context => context.Request.Path.StartsWithSegments(path), branch => branch.Use((context, next) =>
        {
            if (drain.IsDraining)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = "0";
                return Task.CompletedTask;
            }

            if (context.Features.Get<IHttpWebSocketFeature>() is { } sockets)
                context.Features.Set<IHttpWebSocketFeature>(new Feature(sockets, drain));
            return next(context);
        }));
    }

    private sealed class Feature(IHttpWebSocketFeature inner, Drain drain) : IHttpWebSocketFeature
    {
        public bool IsWebSocketRequest => inner.IsWebSocketRequest;

        public async Task<WebSocket> AcceptAsync(WebSocketAcceptContext context) => new Socket(await inner.AcceptAsync(context), drain);
    }

    private sealed class Socket(WebSocket inner, Drain drain) : WebSocket
    {
        public override WebSocketCloseStatus? CloseStatus => inner.CloseStatus;

        public override string? CloseStatusDescription => inner.CloseStatusDescription;

        public override WebSocketState State => inner.State;

        public override string? SubProtocol => inner.SubProtocol;

        public override void Abort() => inner.Abort();

        public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
            inner.CloseAsync(Status(closeStatus), statusDescription, cancellationToken);

        public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
            inner.CloseOutputAsync(Status(closeStatus), statusDescription, cancellationToken);

        public override void Dispose() => inner.Dispose();

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
            inner.ReceiveAsync(buffer, cancellationToken);

        public override ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
            inner.ReceiveAsync(buffer, cancellationToken);

        public override Task SendAsync(
            ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
            inner.SendAsync(buffer, messageType, endOfMessage, cancellationToken);

        public override ValueTask SendAsync(
            ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
            inner.SendAsync(buffer, messageType, endOfMessage, cancellationToken);

        private WebSocketCloseStatus Status(WebSocketCloseStatus status) =>
            drain.IsDraining ? WebSocketCloseStatus.EndpointUnavailable : status;
    }
}
