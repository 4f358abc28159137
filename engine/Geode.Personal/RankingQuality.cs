namespace Geode.Personal;

/// <summary>How good rankings were, given what visitors liked afterwards.</summary>
/// <param name="Ndcg">Mean of NDCG at 10, 0 to 1.</param>
/// <param name="HitRate">Share of the rankings with something liked among the first 10.</param>
/// <param name="Coverage">Share of all items that were among the first 10 of any ranking.</param>
/// <param name="Rankings">How many were judged.</param>
public sealed record RankingQuality(double Ndcg, double HitRate, double Coverage, int Rankings)
{
    /// <summary>The place to which rankings are judged.</summary>
    public const int Depth = 10;

    /// <summary>Normalized discounted cumulative gain of the first 10: what is liked counts 1, divided by log2 of its place plus one; and this by
    /// the same of the best order there is (Järvelin and Kekäläinen, 2002).</summary>
    /// <param name="ranking">Ids, the first first.</param>
    /// <param name="liked">What was liked; with none the quality is 0.</param>
    public static double NdcgOf(IEnumerable<string> ranking, IReadOnlySet<string> liked)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        ArgumentNullException.ThrowIfNull(liked);
        var (gain, place) = (0d, 0);
        foreach (var id in ranking.Take(Depth))
            gain += liked.Contains(id) ? Discount(place++) : 0 * place++;
        var best = Enumerable.Range(0, Math.Min(Depth, liked.Count)).Sum(Discount);
        return best > 0 ? gain / best : 0;
    }

    /// <summary>The quality of rankings, each with what its visitor liked afterwards; those who liked nothing are left out.</summary>
    /// <param name="items">How many items there are in all.</param>
    public static RankingQuality Of(IEnumerable<(IReadOnlyList<string> Ranking, IReadOnlySet<string> Liked)> rankings, int items)
    {
        ArgumentNullException.ThrowIfNull(rankings);
        var (ndcg, hits, count, shown) = (0d, 0, 0, new HashSet<string>(StringComparer.Ordinal));
        foreach (var (ranking, liked) in rankings)
        {
            if (liked.Count == 0) continue;
            count++;
            ndcg += NdcgOf(ranking, liked);
            var top = ranking.Take(Depth).ToList();
            if (top.Exists(liked.Contains)) hits++;
            shown.UnionWith(top);
        }

        return count == 0 ? new(0, 0, 0, 0) : new(ndcg / count, (double)hits / count, items > 0 ? (double)shown.Count / items : 0, count);
    }

    private static double Discount(int place) => 1 / Math.Log2(place + 2);
}
