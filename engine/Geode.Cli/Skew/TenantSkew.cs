using Geode.Topology;

namespace Geode.Cli.Skew;

/// <summary>How tenants are spread over the regions.</summary>
/// <param name="Tenants">How many there are.</param>
/// <param name="Settled">Share of all requests that are of tenants who have nearly all of theirs in one region.</param>
/// <param name="Largest">The one with most requests, and its share of all.</param>
internal sealed record TenantSkew(int Tenants, double Settled, (string Name, double Share) Largest)
{
    /// <summary>From this share of its requests in one region on, a tenant is settled there.</summary>
    public const double AtHome = 0.9;

    public static TenantSkew Of(IReadOnlyList<TenantRow> rows, Planet planet)
    {
        var all = rows.Sum(r => r.Requests);
        var tenants = rows.GroupBy(r => r.Tenant).Select(g => (Name: g.Key, Sum: g.Sum(r => r.Requests), Home: g.GroupBy(r => RegionLoad.Nearest(r.Place, planet)).Max(h => h.Sum(r => r.Requests)))).ToList();
        var largest = tenants.OrderByDescending(t => t.Sum).ThenBy(t => t.Name, StringComparer.Ordinal).First();
        return new(tenants.Count, tenants.Where(t => t.Home >= AtHome * t.Sum).Sum(t => t.Sum) / all, (largest.Name, largest.Sum / all));
    }
}
