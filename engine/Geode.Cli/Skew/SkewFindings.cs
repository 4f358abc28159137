using System.Globalization;
using Geode.Cli.Fit;

namespace Geode.Cli.Skew;

/// <summary>What is to be made of it.</summary>
/// <param name="Regions">The heaviest first.</param>
/// <param name="Tenants">Null: not known.</param>
/// <param name="Advice">Sentences; none: nothing is skewed.</param>
internal sealed record SkewFindings(IReadOnlyList<RegionLoad> Regions, TenantSkew? Tenants, IReadOnlyList<string> Advice)
{
    /// <summary>From this share of requests of settled tenants on, stamps fit better than geodes.</summary>
    public const double Settled = 0.8;

    /// <summary>From this share of all requests on, one tenant needs more than one partition key.</summary>
    public const double Hot = 0.2;

    public static SkewFindings Of(IReadOnlyList<RegionLoad> regions, TenantSkew? tenants) => new(regions, tenants, [.. Advise(regions, tenants)]);

    /// <summary>The heaviest region's share by an even one: 1 is even.</summary>
    public double Imbalance => Regions[0].Share * Regions.Count;

    private static IEnumerable<string> Advise(IReadOnlyList<RegionLoad> regions, TenantSkew? tenants)
    {
        if (regions.Count > 1 && regions[0].Share >= Criteria.Heavy)
            yield return $"{regions[0].Region} carries {Percent(regions[0].Share)} of the requests: one region with zones, or deployment stamps, cost less than equal geodes.";
        foreach (var empty in regions.Where(r => regions.Count > 1 && r.Share < 0.5 / regions.Count * 0.2))
            yield return $"{empty.Region} carries {Percent(empty.Share)}: it is paid for as much as the others.";
        if (tenants is { Settled: >= Settled })
            yield return $"{Percent(tenants.Settled)} of the requests are of tenants who have nearly all of theirs in one region: their data need not be everywhere. Deployment stamps fit better.";
        if (tenants is { Largest.Share: >= Hot, Tenants: > 1 })
            yield return $"{tenants.Largest.Name} alone has {Percent(tenants.Largest.Share)} of the requests: a partition key that is the tenant alone would be hot. Take a second level, such as /tenant, /user.";
    }

    private static string Percent(double share) => share.ToString("0.# %", CultureInfo.InvariantCulture);
}
