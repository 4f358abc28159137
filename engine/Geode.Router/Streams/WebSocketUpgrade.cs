using Geode.Router.Forwarding;
using Microsoft.AspNetCore.Http.Features;

namespace Geode.Router.Streams;

/// <summary>Stands in for the server's upgrade, so that an accepted WebSocket can be ended from here. HTTP/1.1 upgrades, HTTP/2
/// connects with a protocol (RFC 8441); both give a stream.</summary>
internal sealed class WebSocketUpgrade(Exchange exchange, RouterSnapshot router, IHttpUpgradeFeature? upgrade, IHttpExtendedConnectFeature? connect)
    : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    /// <summary>Does nothing for requests that ask for no WebSocket.</summary>
    public static void Watch(HttpContext context, Exchange exchange, RouterSnapshot router)
    {
        var upgrade = context.Features.Get<IHttpUpgradeFeature>();
        var connect = context.Features.Get<IHttpExtendedConnectFeature>();
        if (connect is { IsExtendedConnect: true })
            context.Features.Set<IHttpExtendedConnectFeature>(new WebSocketUpgrade(exchange, router, upgrade, connect));
        else if (upgrade is { IsUpgradableRequest: true } && context.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase))
            context.Features.Set<IHttpUpgradeFeature>(new WebSocketUpgrade(exchange, router, upgrade, connect));
    }

    public bool IsUpgradableRequest => upgrade is { IsUpgradableRequest: true };

    public bool IsExtendedConnect => connect is { IsExtendedConnect: true };

    public string? Protocol => connect?.Protocol;

    public async Task<Stream> UpgradeAsync() => Wrap(await upgrade!.UpgradeAsync());

    public async ValueTask<Stream> AcceptAsync() => Wrap(await connect!.AcceptAsync());

    private WebSocketStream Wrap(Stream client)
    {
        var streams = exchange.ServedBy!.Streams;
        var stream = new WebSocketStream(
            client, streams, TimeSpan.FromMilliseconds(router.Setup.Options.Streams.CloseMs), router.Time);
        exchange.BecomeStream();
        return stream;
    }
}
