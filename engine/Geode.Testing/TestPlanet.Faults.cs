namespace Geode.Testing;

/// <summary>What breaks a planet, and what heals it.</summary>
public sealed partial class TestPlanet
{
    /// <summary>SIGKILL to all processes of the region's geode.</summary>
    public Task KillAsync(string region, CancellationToken cancellationToken = default) => OnRegionAsync(region, "kill", cancellationToken);

    /// <summary>SIGSTOP: they accept connections and answer nothing. Not on Windows.</summary>
    public Task FreezeAsync(string region, CancellationToken cancellationToken = default) => OnRegionAsync(region, "freeze", cancellationToken);

    /// <summary>SIGCONT.</summary>
    public Task ThawAsync(string region, CancellationToken cancellationToken = default) => OnRegionAsync(region, "thaw", cancellationToken);

    /// <summary>Thaws what is frozen, starts what does not run, returns when the geode is healthy.</summary>
    public Task ReviveAsync(string region, CancellationToken cancellationToken = default) => OnRegionAsync(region, "revive", cancellationToken);

    /// <summary>The router sends the geode no new requests.</summary>
    public Task DrainAsync(string region, CancellationToken cancellationToken = default) => OnRegionAsync(region, "drain", cancellationToken);

    /// <summary>The router sends it requests again.</summary>
    public Task UndrainAsync(string region, CancellationToken cancellationToken = default) => OnRegionAsync(region, "undrain", cancellationToken);

    /// <summary>Has the region's replica misbehave towards its clients while its processes run.</summary>
    /// <param name="mode"><c>hang</c>, <c>refuse</c>, <c>unavailable</c> …; <c>none</c> ends it.</param>
    public Task OutageAsync(string region, string mode, CancellationToken cancellationToken = default) =>
        _control.SendAsync(HttpMethod.Put, $"/planet/regions/{region}/outage", new { mode }, cancellationToken);

    /// <summary>Cuts the links between two groups of regions; regions that neither names form a third. <c>PartitionAsync(["westeurope"],
    /// ["eastus"])</c></summary>
    public Task PartitionAsync(IReadOnlyList<string> one, IReadOnlyList<string> other, CancellationToken cancellationToken = default) =>
        PartitionAsync([one, other], cancellationToken);

    /// <summary>Cuts the links between groups of regions, in both directions. Regions that none names form one more.</summary>
    public Task PartitionAsync(IReadOnlyList<IReadOnlyList<string>> groups, CancellationToken cancellationToken = default) =>
        _control.SendAsync(HttpMethod.Post, "/planet/partition", new { groups }, cancellationToken);

    /// <summary>Cuts a region off from all others.</summary>
    public Task IsolateAsync(string region, CancellationToken cancellationToken = default) => PartitionAsync([[region]], cancellationToken);

    /// <summary>Every link is up.</summary>
    public Task HealAsync(CancellationToken cancellationToken = default) => _control.SendAsync(HttpMethod.Post, "/planet/heal", null, cancellationToken);

    /// <summary>What one region writes arrives at the other so much later, in that direction.</summary>
    public Task LagAsync(string from, string to, TimeSpan delay, TimeSpan jitter = default, CancellationToken cancellationToken = default) =>
        _control.SendAsync(
            HttpMethod.Put, $"/planet/links/{from}/{to}", new { delayMs = delay.TotalMilliseconds, jitterMs = jitter.TotalMilliseconds }, cancellationToken);

    /// <summary>One region more; returns when it has what the others have, and serves. Not under Aspire.</summary>
    /// <param name="region">An Azure region that is not the planet's yet.</param>
    public Task AddRegionAsync(string region, CancellationToken cancellationToken = default) =>
        _control.SendAsync(HttpMethod.Post, "/planet/regions", new { name = region }, cancellationToken);

    /// <summary>Takes a region out of the planet, once another has all that it acknowledged.</summary>
    /// <param name="region">Of this planet.</param>
    /// <param name="force">Also when that cannot be.</param>
    public Task RemoveRegionAsync(string region, bool force = false, CancellationToken cancellationToken = default) =>
        _control.SendAsync(HttpMethod.Delete, $"/planet/regions/{region}{(force ? "?force=true" : "")}", null, cancellationToken);

    private Task OnRegionAsync(string region, string action, CancellationToken cancellationToken) =>
        _control.SendAsync(HttpMethod.Post, $"/planet/regions/{region}/{action}", null, cancellationToken);
}
