using System.Collections.Concurrent;
using System.Net;

namespace Geode.Router.Forwarding;

/// <summary>A peer's address as text. The last addresses are remembered, since one client sends many requests.</summary>
internal static class PeerText
{
    private const int Most = 4096;
    private static readonly ConcurrentDictionary<IPAddress, string> Known = new();

    public static string Of(IPAddress peer)
    {
        if (Known.TryGetValue(peer, out var text))
            return text;
        text = (peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer).ToString();
        if (Known.Count >= Most)
            Known.Clear();
        Known[peer] = text;
        return text;
    }
}
