using Geode.Api.Documents;
using Geode.Personal;

namespace Geode.Api.Personal;

/// <summary>Tries a model of taste, before it takes over here, on what visitors did last as this region has it: from the earlier deeds of each
/// it has to tell which questions the later ones were about. A model that is well-formed and knows nothing is found so.</summary>
internal sealed class TasteJudge(Interests interests, KnownQuestions known, TimeProvider clock)
{
    /// <summary>With fewer visitors to judge by, chance would judge.</summary>
    public const int FewestVisitors = 10;

    private const int MostDeeds = 2_000;
    private const int FewestDeedsEach = 4;

    /// <summary>Of a visitor's deeds the last.</summary>
    private const double HeldOut = 0.25;

    /// <summary>Worse by less is no reason: this is a look at a few visitors, not the measure of the trainer.</summary>
    private const double Tolerated = 0.9;

    /// <summary>Standard errors that a difference has to be from zero.</summary>
    private const double Sure = 2;

    /// <summary>Why the candidate should not take over; null: it may.</summary>
    /// <param name="candidate">Just read.</param>
    /// <param name="current">In force; null: none, and what it is compared with is the order that suits everybody.</param>
    public async Task<string?> RefuseAsync(TasteModel candidate, TasteModel? current, CancellationToken cancellation)
    {
        var histories = (await interests.NewestAsync(MostDeeds, cancellation)).GroupBy(deed => deed.Visitor)
            .Select(of => of.OrderBy(deed => deed.At, StringComparer.Ordinal).ToList()).Where(of => of.Count >= FewestDeedsEach).ToList();
        var questions = await known.OfAsync(histories.SelectMany(of => of).Select(deed => deed.Id).Distinct(), cancellation);
        var items = questions.ToDictionary(of => of.Key, of => of.Value.Item);
        var pairs = histories.Select(deeds => Try(deeds, items, candidate, current)).OfType<(double New, double Old)>().ToList();
        if (pairs.Count < FewestVisitors)
            return null;

        var (better, now) = (pairs.Average(of => of.New), pairs.Average(of => of.Old));
        var difference = better - now;
        var error = Math.Sqrt(pairs.Average(of => Math.Pow(of.New - of.Old - difference, 2)) / (pairs.Count - 1));
        return better < Tolerated * now && difference + Sure * error < 0
            ? FormattableString.Invariant(
                $"its NDCG@10 on the newest deeds of {pairs.Count} visitors is {better:0.000}; {(current is null ? "the general order has" : "the version in force has")} {now:0.000}")
            : null;
    }

    // Null: what this visitor did last tells nothing.
    private (double New, double Old)? Try(List<Interest> interests, Dictionary<string, Item> items, TasteModel candidate, TasteModel? current)
    {
        var later = Math.Max(1, (int)(interests.Count * HeldOut));
        var earlier = History.Of(interests[..^later]);
        var liked = interests[^later..].Where(deed => deed.Weight > 0 && items.ContainsKey(deed.Id)).Select(deed => deed.Id).ToHashSet();
        if (liked.Count == 0 || earlier.None is not null)
            return null;
        var before = earlier.Deeds.Select(deed => deed.Item).ToHashSet();
        var candidates = items.Values.Where(item => !before.Contains(item.Id)).ToList();
        // Where all are among the first ten no order is wrong.
        return candidates.Count <= RankingQuality.Depth ? null : (Quality(candidate), Quality(current));

        double Quality(TasteModel? model) => RankingQuality.NdcgOf(
            ForYou.Rank(model, earlier.Deeds, candidates, items, clock.GetUtcNow()).Select(ranked => ranked.Item.Id), liked);
    }
}
