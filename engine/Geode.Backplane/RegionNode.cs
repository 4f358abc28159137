using Geode.Backplane.Accounts;
using Geode.Backplane.Faults;
using Geode.Backplane.Protocol;
using Geode.Backplane.Protocol.Access;
using Geode.Backplane.Protocol.Throughput;
using Geode.Backplane.Storage;
using Geode.Topology;

namespace Geode.Backplane;

/// <summary>One region's replica with everything that serves it.</summary>
public sealed class RegionNode(Planet planet, Region region, Replica replica, OutageSwitch outage)
{
    private volatile Membership _membership = new(planet, 1);
    private volatile bool _isReady;

    /// <summary>All regions and their links, as they are now.</summary>
    public Planet Planet => _membership.Planet;

    /// <summary>Grows with every change of the regions; the version of session tokens.</summary>
    public long Version => _membership.Version;

    /// <summary>Null: offers are kept but not enforced.</summary>
    public ThroughputBudgets? Budgets { get; init; }

    /// <summary>Issues the tokens of permissions.</summary>
    public required ResourceTokens Tokens { get; init; }

    /// <summary>Writes and reads the etags of feeds of ranges.</summary>
    public required RangeTags RangeTags { get; init; }

    public Region Region => region;

    public Replica Replica => replica;

    public OutageSwitch Outage => outage;

    public Catalog Catalog => replica.State.Catalog;

    /// <summary>False while a region that began empty still lacks what its peers had: what it wrote without knowing that could undo it.</summary>
    public bool IsReady
    {
        get => _isReady;
        internal set => _isReady = value;
    }

    /// <summary>True when the account does not list this region at the moment.</summary>
    public bool IsGone => outage.Mode == OutageMode.Gone;

    /// <summary>What is known of the other regions.</summary>
    public RegionViews Regions { get; } = new(replica.Time);

    /// <summary>Who takes writes; null: every region.</summary>
    public WriteRegion? Writes { get; init; }

    /// <summary>What a partition may hold, as answers about items say it.</summary>
    internal string PartitionQuota { get; } = QuotaHeaders.OfPartition(replica.Options.RangeBytes);

    /// <summary>Where the account's regions are.</summary>
    public RegionHosts Hosts { get; init; } = RegionHosts.Shared;

    /// <summary>The port of the account's own endpoint; 0: every endpoint is that.</summary>
    public int AccountPort { get; init; }

    /// <summary>From now on these are the regions.</summary>
    internal void Change(Membership membership)
    {
        _membership = membership;
        Writes?.Change(membership.Planet);
    }

    internal Membership Membership => _membership;
}

/// <summary>The regions of a planet at some time.</summary>
/// <param name="Version">1 for the first.</param>
public sealed record Membership(Planet Planet, long Version)
{
    /// <summary>How many regions there are to read from beside the one that is asked, as it is written.</summary>
    internal string OtherRegions { get; } = (Planet.Regions.Count - 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>In the planet's order.</summary>
    internal IReadOnlyList<RegionId> Regions { get; } = [.. Planet.Regions.Select(region => RegionId.Of(region.Name))];
}
