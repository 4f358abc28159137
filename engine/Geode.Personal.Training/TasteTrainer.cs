using Geode.Personal.Training.Learning;

namespace Geode.Personal.Training;

/// <summary>Learns a <see cref="TasteModel"/> from what visitors did, by gradient-boosted ranking trees (ML.NET's FastTree).</summary>
public static class TasteTrainer
{
    /// <summary>Trains on some visitors' deeds and judges on others', beside the model in force.</summary>
    /// <param name="items">All items that deeds name, and others.</param>
    /// <param name="deeds">In any order.</param>
    /// <param name="inForce">The model to compare with on the same held-out deeds; null: none.</param>
    /// <param name="settings">How much of what.</param>
    /// <param name="cancellation">Ends it soon, with <see cref="OperationCanceledException"/>.</param>
    /// <returns>Null: there is too little to learn from; <see cref="TrainingSettings"/> says how much is enough.</returns>
    public static Trained? Train(
        IReadOnlyList<Item> items, IReadOnlyList<Deed> deeds, TasteModel? inForce, TrainingSettings settings, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(deeds);
        ArgumentNullException.ThrowIfNull(settings);
        cancellation.ThrowIfCancellationRequested();
        var byId = ById(items);
        var (learners, judges) = Judges.Split(Histories.Of(deeds), settings.JudgeShare, settings.MostJudges);
        var (count, visitors) = (learners.Sum(h => h.Length), learners.Count);
        if (count < settings.FewestDeeds || visitors < settings.FewestVisitors) return null;

        var model = Learn(byId, learners, settings.Seed, cancellation);
        var quality = Quality(model);
        return new(
            model, quality.Ndcg, inForce is null ? null : Quality(inForce).Ndcg,
            Judges.Quality(byId, judges, (_, candidates, now) => Trending.Order(candidates, now).Select(i => i.Id), cancellation).Ndcg,
            count, visitors, learners.Min(h => h[0].At), learners.Max(h => h[^1].At), quality.Rankings);

        RankingQuality Quality(TasteModel judged) => Judges.Quality(
            byId, judges, (history, candidates, now) => ForYou.Rank(judged, history, candidates, byId, now).Select(r => r.Item.Id), cancellation);
    }

    /// <summary>Learns from all deeds and judges nothing: for those who judge themselves.</summary>
    internal static TasteModel Learn(IReadOnlyList<Item> items, IReadOnlyList<Deed> deeds, int seed, CancellationToken cancellation) =>
        Learn(ById(items), Histories.Of(deeds), seed, cancellation);

    private static TasteModel Learn(IReadOnlyDictionary<string, Item> items, IReadOnlyList<Deed[]> histories, int seed, CancellationToken cancellation)
    {
        var (trees, prior) = RankerLearner.Learn(Examples.Of(items, histories, seed, cancellation), seed, cancellation);
        return new(KnowledgeLearner.Learn(items, histories, cancellation), trees, prior, histories.Max(h => h[^1].At));
    }

    // The last of those with the same id counts.
    private static Dictionary<string, Item> ById(IReadOnlyList<Item> items)
    {
        var byId = new Dictionary<string, Item>(items.Count, StringComparer.Ordinal);
        foreach (var item in items) byId[item.Id] = item;
        return byId;
    }
}

/// <param name="FewestDeeds">With fewer that can be learned from nothing is trained.</param>
/// <param name="FewestVisitors">As well.</param>
/// <param name="Seed">The same deeds and seed make the same model.</param>
/// <param name="JudgeShare">Of the visitors: what they did judges models and teaches none.</param>
/// <param name="MostJudges">Enough to tell which of two models is better.</param>
public sealed record TrainingSettings(int FewestDeeds = 100, int FewestVisitors = 5, int Seed = 1, double JudgeShare = 0.2, int MostJudges = 200);

/// <param name="Model">Trained.</param>
/// <param name="Quality">On held-out deeds: the new model's NDCG@10.</param>
/// <param name="InForce">The same of the model in force; null: there was none.</param>
/// <param name="Trending">The same of the order that suits everybody.</param>
/// <param name="Deeds">How many were learned from; with the time of the first and the last.</param>
/// <param name="Judged">Visitors whose liking could be told from what they did before; with none, nothing is known of any quality.</param>
public sealed record Trained(
    TasteModel Model, double Quality, double? InForce, double Trending, int Deeds, int Visitors, DateTimeOffset First, DateTimeOffset Last, int Judged)
{
    /// <summary>Whether it may take over: somebody judged it, and it is not worse than the model in force, or, where there is none, than the order that
    /// suits everybody.</summary>
    public bool IsNotWorse => Judged > 0 && Quality >= (InForce ?? Trending);
}
