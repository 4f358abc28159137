using Geode.Backplane.Faults;
using Geode.Backplane.Protocol.Throughput;
using Geode.Backplane.Storage;
using Geode.Topology;

namespace Geode.Backplane;

/// <summary>One region's replica with everything that serves it.</summary>
/// <param name="Planet">All regions and their links.</param>
public sealed record RegionNode(Planet Planet, Region Region, Replica Replica, OutageSwitch Outage)
{
    /// <summary>Null: offers are kept but not enforced.</summary>
    public ThroughputBudgets? Budgets { get; init; }

    public Catalog Catalog => Replica.State.Catalog;

    /// <summary>True when the account does not list that region at the moment.</summary>
    public bool IsGone(Region region) => region == Region && Outage.Mode == OutageMode.Gone;
}
