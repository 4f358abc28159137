using System.Net;

namespace Geode.Router.Clients;

/// <summary>Whose <c>X-Forwarded-*</c> and <c>X-Geode-*</c> headers are believed: this machine, and the configured proxies.</summary>
internal sealed class TrustedPeers(IEnumerable<string> networks)
{
    private readonly IPNetwork[] _networks = [.. networks.Select(n => IPNetwork.Parse(n))];

    /// <summary>Whether the peer at the other end of the connection may speak for someone else.</summary>
    public bool Trusts(IPAddress? peer)
    {
        if (peer is null)
            return false;
        if (peer.IsIPv4MappedToIPv6)
            peer = peer.MapToIPv4();
        if (IPAddress.IsLoopback(peer))
            return true;
        foreach (var network in _networks)
        {
            if (network.Contains(peer))
                return true;
        }

        return false;
    }

    /// <summary>The client's own address: the peer, or what trusted proxies say of it (the rightmost address that is not one of them).</summary>
    public IPAddress? ClientAddress(HttpContext context)
    {
        var peer = context.Connection.RemoteIpAddress;
        if (!context.Request.Headers.TryGetValue(GeodeHeaders.ForwardedFor, out var forwarded) || !Trusts(peer))
            return peer;
        var hops = forwarded.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (var i = hops.Length - 1; i >= 0; i--)
        {
            if (!IPAddress.TryParse(hops[i], out var address))
                break;
            peer = address;
            if (!Trusts(address))
                break;
        }

        return peer;
    }
}
