using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol;

/// <summary>Session tokens: what a client has seen, as progress by region, so that any replica can tell whether it has as much.</summary>
public static class Sessions
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    /// <summary>The token of everything this replica can show now. It names every region of the planet, always.</summary>
    public static string TokenOf(RegionNode node, Partition partition)
    {
        var durable = node.Replica.Durable;
        var membership = node.Membership;
        var regions = new RegionProgress[membership.Regions.Count];
        for (var i = 0; i < regions.Length; i++)
            regions[i] = new RegionProgress(membership.Regions[i].Value, durable[membership.Regions[i]]);

        return SessionTokenHeader.Format(partition.Id, new SessionToken(membership.Version, partition.Lsn, regions));
    }

    /// <summary>Waits briefly for what the request's session has seen.</summary>
    /// <exception cref="ProtocolException">400: no session token; 404/1002: this replica is behind the session.</exception>
    public static async ValueTask WaitAsync(BackplaneRequest request, Container container, Partition partition)
    {
        if (request.Header(CosmosHeaders.SessionToken) is not { } header)
            return;
        if (!SessionTokenHeader.TryFind(header, partition.Id, out var token))
            throw ProtocolException.BadRequest($"The session token '{header}' is malformed.");
        if (token is not null && IsCovered(request.Node, token))
            return;
        // A session from before a split knows the range's parent, and one from a region that has split it already knows its halves.
        var needed = token is not null ? [token] : SessionTokenHeader.Related(header, range => container.Layout.AreRelated(range, partition.Number));
        if (AreCovered(request.Node, needed) || !ConsistencyRules.KeepsSession(request))
            return;
        var deadline = Task.Delay(Patience, request.Node.Replica.Time, request.Aborted);
        while (!deadline.IsCompleted)
        {
            var changed = request.Node.Replica.DurableChanged;
            if (AreCovered(request.Node, needed))
                return;
            await Task.WhenAny(changed, deadline);
        }

        throw new ProtocolException(404, "The read/write session is not available for the input session token.", SubStatus.ReadSessionNotAvailable);
    }

    private static bool AreCovered(RegionNode node, IReadOnlyList<SessionToken> tokens) => tokens.All(token => IsCovered(node, token));

    // A region that is no longer part of the planet cannot make anyone wait.
    private static bool IsCovered(RegionNode node, SessionToken token)
    {
        var durable = node.Replica.Durable;
        foreach (var region in token.Regions)
        {
            var id = new RegionId(region.RegionId);
            if (durable[id] < region.LocalLsn && node.Membership.Regions.Contains(id))
                return false;
        }

        return true;
    }
}
