using System.Net;

namespace Geode.Router.Clients;

/// <summary>Looks the client's address up in the configured table of CIDR blocks; the longest prefix wins.</summary>
internal sealed class NetworkClientLocator(IReadOnlyDictionary<string, string> table, TrustedPeers trusted, PlaceBook places) : IClientLocator
{
    private readonly (IPNetwork Network, ClientPlace Place)[] _rows =
    [
        .. table.Select(row => (Network: IPNetwork.Parse(row.Key), Place: places.Find(row.Value)!))
            .OrderByDescending(row => row.Network.PrefixLength),
    ];

    public ClientPlace? Locate(HttpContext context)
    {
        if (_rows.Length == 0 || trusted.ClientAddress(context) is not { } address)
            return null;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        foreach (var (network, place) in _rows)
        {
            if (network.Contains(address))
                return place;
        }

        return null;
    }
}
