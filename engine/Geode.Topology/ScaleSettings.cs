namespace Geode.Topology;

/// <summary>When a geode gets more instances of its Api, and when fewer: the rule of Container Apps for HTTP, on one machine as in Azure.</summary>
/// <param name="ConcurrentRequests">So many requests at a time are work for one instance; Azure's rule gets the same number.</param>
/// <param name="PollSeconds">On one machine: between two looks at the requests.</param>
/// <param name="CooldownSeconds">On one machine: so long must fewer instances have been enough, before there are fewer.</param>
/// <param name="LocalMost">On one machine: most instances of a geode, whatever its <c>maxReplicas</c> says.</param>
public sealed record ScaleSettings(int ConcurrentRequests = 50, int PollSeconds = 15, int CooldownSeconds = 300, int LocalMost = 3)
{
    /// <summary>Most instances of that region's Api on one machine. A geode in each zone has one at least.</summary>
    public int MostOf(Region region) => Math.Min(region.MaxReplicas, Math.Clamp(LocalMost, region.Zones, PlanetPorts.MostInstancesOf(region)));

    /// <summary>Fewest instances of that region's Api on one machine.</summary>
    public int LeastOf(Region region) => Math.Min(region.MinReplicas, MostOf(region));
}
