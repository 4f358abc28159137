using System.Net;
using System.Net.Sockets;
using Geode.Topology;

namespace Geode.Router.Clients;

/// <summary>A client that connects from 127.0.n.x is in place n: one machine can send real sockets from many countries.</summary>
internal sealed class LoopbackClientLocator : IClientLocator
{
    private readonly ClientPlace?[] _byNumber = ByNumber();

    public ClientPlace? Locate(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null)
            return null;
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out var length))
            return null;
        // A dual-stack listener shows IPv4 peers as ::ffff:a.b.c.d.
        var v4 = address.AddressFamily == AddressFamily.InterNetwork ? bytes[..4]
            : address.IsIPv4MappedToIPv6 ? bytes[(length - 4)..length]
            : default;
        return v4.Length == 4 && v4[0] == 127 && v4[1] == 0 ? _byNumber[v4[2]] : null;
    }

    private static ClientPlace?[] ByNumber()
    {
        var places = new ClientPlace?[256];
        foreach (var place in Places.All.Where(p => p.Number is > 0 and < 256))
            places[place.Number] = new ClientPlace(place.Name, place.Location);
        return places;
    }
}
