using Geode.Topology;

namespace Geode.Backplane.Accounts;

/// <summary>Keeps one replica's view of the account: which regions are there, and who takes writes. It asks the other replicas now and
/// then, past the planet's links: what an account lists is no matter of how its regions reach each other.</summary>
/// <param name="ask">A region's news, or null when it does not answer.</param>
public sealed class RegionWatch(RegionNode node, Func<Region, CancellationToken, Task<RegionNews?>> ask, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private TimeSpan OfflineAfter => TimeSpan.FromMilliseconds(node.Planet.Backplane.OfflineAfterMs);

    /// <summary>Ten times within what makes a region offline, so that a single lost question does not.</summary>
    private TimeSpan Interval => OfflineAfter == TimeSpan.Zero || OfflineAfter / 10 > Longest ? Longest
        : OfflineAfter / 10 < Shortest ? Shortest
        : OfflineAfter / 10;

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await OnceAsync(stop);
                await Task.Delay(Interval, time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    /// <summary>Asks every other region once.</summary>
    public async Task OnceAsync(CancellationToken stop)
    {
        var planet = node.Planet;
        await Task.WhenAll(planet.Regions.Where(r => r.Name != node.Region.Name).Select(r => AskAsync(planet, r, stop)));
        node.Regions.ForgetAllBut(planet);
        TakeOverIfFirst(planet);
    }

    private async Task AskAsync(Planet planet, Region region, CancellationToken stop)
    {
        var news = await ask(region, stop);
        node.Regions.Heard(region, news, OfflineAfter);
        if (news?.Order is { } order)
            node.Writes?.Hear(order, planet);
    }

    // Everybody sees the same order, so one region finds itself the first that is there. Should two do so, the writes of both are kept and
    // compared as any two regions' are, and the order that beats the other's ends it.
    private void TakeOverIfFirst(Planet planet)
    {
        if (node.Writes is not { } writes || !node.IsReady || node.IsGone)
            return;
        if (writes.Order.Priorities.First(name => name == node.Region.Name || IsListed(planet, name)) == node.Region.Name)
            writes.TakeOver(node.Region.Name, planet.Backplane);
    }

    private bool IsListed(Planet planet, string name) => node.Regions.IsListed(planet.Region(name));
}
