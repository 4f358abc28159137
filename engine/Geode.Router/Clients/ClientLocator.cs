using Geode.Router.Configuration;

namespace Geode.Router.Clients;

/// <summary>The first way that tells wins: header, loopback block, table of networks; else the router's own place.</summary>
internal sealed class ClientLocator
{
    private readonly IClientLocator[] _ways;
    private readonly ClientPlace _home;

    public ClientLocator(RouterSetup setup, TrustedPeers trusted)
    {
        _ways =
        [
            new HeaderClientLocator(trusted, setup.Places),
            new LoopbackClientLocator(),
            new NetworkClientLocator(setup.Options.ClientPlaces, trusted, setup.Places),
        ];
        _home = setup.Home;
    }

    /// <exception cref="BadHttpRequestException">The request names a place that does not exist.</exception>
    public ClientPlace Locate(HttpContext context)
    {
        foreach (var way in _ways)
        {
            if (way.Locate(context) is { } place)
                return place;
        }

        return _home;
    }
}
