using Geode.Backplane.Replication;
using Geode.Backplane.Storage;
using Geode.Topology;

namespace Geode.Backplane.Hosting;

/// <summary>Holds a region that began empty back until it has what its peers had: it may be new, or have lost its folder. Peers that do
/// not answer are not waited for; on a planet's very first start nobody has anything.</summary>
public static class FirstFill
{
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(2);

    public static async Task WaitAsync(Replica replica, IEnumerable<IPeer> peers, CancellationToken stop)
    {
        var has = await Task.WhenAll(peers.Select(p => WhatAsync(p, stop)));
        var wanted = has.Aggregate(VersionVector.Empty, (all, one) => all.Join(one));
        while (true)
        {
            var changed = replica.DurableChanged;
            if (replica.Durable.Covers(wanted))
                return;
            await changed.WaitAsync(stop);
        }
    }

    private static async Task<VersionVector> WhatAsync(IPeer peer, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(AskLimit);
        try
        {
            return await peer.HasAsync(limit.Token);
        }
        catch (Exception e) when (ConnectionFailure.Is(e) || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return VersionVector.Empty;
        }
    }
}
