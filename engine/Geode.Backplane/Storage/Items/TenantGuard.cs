using Geode.Backplane.Protocol.Codecs;
using Geode.Topology;

namespace Geode.Backplane.Storage.Items;

/// <summary>Keeps tenants of other stamps out of the account of one. What is written under a tenant's partition key needs the tenant's charter, an
/// item with the tenant's name as its id in the container <see cref="Charters"/> whose <c>state</c> is neither <c>closed</c> nor <c>left</c>. Nothing
/// is asked of deletions, nor of what replicates: peers are of the same stamp and have asked. Belongs to the replica's writer, so that no charter comes or goes meanwhile.</summary>
public sealed class TenantGuard(string database, Stamp stamp)
{
    /// <summary>The container of charters, with the partition key <c>/id</c>.</summary>
    public const string Charters = "tenants";

    private const int Forbidden = 403;
    private const string Tenant = "tenant";
    private const string Closed = "closed";
    private const string Left = "left";

    private static readonly PartitionKeyPath[] Residency = [PartitionKeyPath.Parse("/residency")];
    private static readonly PartitionKeyPath[] State = [PartitionKeyPath.Parse("/state")];

    /// <summary>What a write under that partition key is answered with when its tenant is not of this stamp; else null.</summary>
    /// <param name="key">Canonical JSON.</param>
    /// <param name="now">Unix seconds: a charter that has expired by then is none.</param>
    public ItemResult? RefuseTenant(Catalog catalog, Container container, string key, long now)
    {
        if (container.Settings.Database != database || container.Settings.PartitionKey[0].Segments is not [Tenant])
            return null;
        var tenant = PartitionKeyValue.Parse(key)[0];
        if (tenant.Type != PartitionKeyType.String)
            return Refused($"an item under the partition key {key} is of no tenant, and each one in '{container.Settings.Name}' is of one");
        return HasCharter(catalog, tenant, now) ? null : Refused($"tenant '{tenant.Text}' is not of stamp '{stamp.Name}'");
    }

    /// <summary>What writing a charter is answered with when its tenant has to stay where this stamp is not; null for any other item.</summary>
    /// <param name="json">The item, UTF-8.</param>
    public ItemResult? RefuseCharter(Container container, string id, ReadOnlySpan<byte> json)
    {
        if (container.Settings.Name != Charters || container.Settings.Database != database)
            return null;
        var residency = PartitionKeyExtractor.Extract(json, Residency)[0];
        if (residency.Type != PartitionKeyType.String || stamp.Admits(residency.Text))
            return null;
        var allowed = stamp.Residency is { } own ? $"tenants of the residency '{own}', or of none" : "tenants without a residency";
        return new ItemResult(Forbidden, Error: $"tenant '{id}' has the residency '{residency.Text}', which stamp '{stamp.Name}' does not give; allowed are {allowed}.");
    }

    private static ItemResult Refused(string why) =>
        new(Forbidden, Error: $"{why}; allowed are tenants that have a charter in the container '{Charters}' there.");

    private bool HasCharter(Catalog catalog, PartitionKeyComponent tenant, long now)
    {
        if (catalog.FindContainer(database, Charters) is not { } charters)
            return false;
        var place = charters.PlaceOf(new PartitionKeyValue(tenant));
        return charters.PartitionOf(place.Hash).Find(new ItemKey(place.Key, tenant.Text)) is { } charter && charter.LiveAt(now)
            && PartitionKeyExtractor.Extract(charter.Json.Span, State)[0] is not { Type: PartitionKeyType.String, Text: Closed or Left };
    }
}
