using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Stamps;

/// <summary>The members of a stamp, as each of its regions' own replicas shows those of its region. Nothing is concluded from a replica that does not
/// answer.</summary>
internal sealed class StampMembers(StampAccount account, GeodeOptions options, TimeProvider clock)
{
    /// <summary>Of the ids of their signs.</summary>
    public const string Prefix = "member:";

    private static readonly QueryDefinition Signs = new QueryDefinition("SELECT * FROM c WHERE STARTSWITH(c.id, @prefix)").WithParameter("@prefix", Prefix);

    private readonly Dictionary<string, (long Renewals, long Since)> _seen = [];

    /// <summary>Members that do not yet keep that revision of a tenant's charter and may still answer.</summary>
    /// <exception cref="CosmosException">A region's replica does not answer.</exception>
    public async Task<IReadOnlyList<string>> WithoutAsync(string tenant, long revision, CancellationToken cancellation)
    {
        var signs = await Task.WhenAll(account.Regions.Select(region => OfAsync(region, cancellation)));
        return [.. signs.SelectMany(of => of).Where(sign => !IsSilent(sign) && sign.Kept.GetValueOrDefault(tenant) < revision).Select(sign => sign.Id[Prefix.Length..])];
    }

    private Task<List<MemberSign>> OfAsync(Region region, CancellationToken cancellation) =>
        account.Replica(region).GetContainer(options.Activity).ReadAllAsync<MemberSign>(Signs, new() { PartitionKey = new(region.Name) }, cancellation);

    // By this process's clock alone: since when it has seen the sign as it is.
    private bool IsSilent(MemberSign sign)
    {
        if (_seen.TryGetValue(sign.Id, out var seen) && seen.Renewals == sign.Renewals)
            return clock.GetElapsedTime(seen.Since) >= StampMember.SilentAfter;
        _seen[sign.Id] = (sign.Renewals, clock.GetTimestamp());
        return false;
    }
}
