using Geode.Topology;

namespace Geode.Router.Clients;

/// <summary>A client that connects from 127.0.n.x is in place n: one machine can send real sockets from many countries.</summary>
internal sealed class LoopbackClientLocator : IClientLocator
{
    private readonly Dictionary<int, ClientPlace> _byNumber = Places.All.ToDictionary(p => p.Number, p => new ClientPlace(p.Name, p.Location));

    public ClientPlace? Locate(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && Places.ByLoopback(address) is { } place ? _byNumber[place.Number] : null;
}
