namespace Geode.Personal.Training;

/// <summary>Learns a <see cref="TasteModel"/> from what visitors did, by gradient-boosted ranking trees (ML.NET's FastTree).</summary>
public static class TasteTrainer
{
    /// <summary>Trains on the earlier deeds and judges on the later ones, beside the model in force.</summary>
    /// <param name="items">All items that deeds name, and others.</param>
    /// <param name="deeds">In any order.</param>
    /// <param name="inForce">The model to compare with on the same held-out deeds; null: none.</param>
    /// <param name="settings">How much of what.</param>
    /// <param name="cancellation">Ends it soon, with <see cref="OperationCanceledException"/>.</param>
    /// <returns>Null: there is too little to learn from; <see cref="TrainingSettings"/> says how much is enough.</returns>
    public static Trained? Train(
        IReadOnlyList<Item> items, IReadOnlyList<Deed> deeds, TasteModel? inForce, TrainingSettings settings, CancellationToken cancellation) =>
        throw new NotImplementedException();
}

/// <param name="FewestDeeds">With fewer that can be learned from nothing is trained.</param>
/// <param name="FewestVisitors">As well.</param>
/// <param name="Seed">The same deeds and seed make the same model.</param>
public sealed record TrainingSettings(int FewestDeeds = 100, int FewestVisitors = 5, int Seed = 1);

/// <param name="Model">Trained.</param>
/// <param name="Quality">On held-out deeds: the new model's NDCG@10.</param>
/// <param name="InForce">The same of the model in force; null: there was none.</param>
/// <param name="Trending">The same of the order that suits everybody.</param>
/// <param name="Deeds">How many were learned from; with the time of the first and the last.</param>
public sealed record Trained(
    TasteModel Model, double Quality, double? InForce, double Trending, int Deeds, int Visitors, DateTimeOffset First, DateTimeOffset Last)
{
    /// <summary>Whether it may take over: it is not worse than what is there.</summary>
    public bool IsNotWorse => Quality >= (InForce ?? 0);
}
