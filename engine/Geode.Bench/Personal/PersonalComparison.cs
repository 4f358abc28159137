using System.Diagnostics;
using Geode.Personal;
using Geode.Personal.Training;

namespace Geode.Bench.Personal;

/// <summary>Our order beside trending and random ones, on what is held out, and what training costs.</summary>
internal static class PersonalComparison
{
    // A newcomer's history, at most.
    private const int FewDeeds = 3;

    public static async Task<PersonalResult> RunAsync(IReadOnlyList<Deed> deeds, IReadOnlyList<Item>? items, int seed, CancellationToken cancellation)
    {
        var heldOut = HeldOut.Of(deeds, items);
        if (!heldOut.Cases.Any(c => c.Liked.Count > 0)) throw new BenchException("Nothing can be told: no visitor liked anything in the last fifth of what they did.");

        var (model, training) = Train(heldOut, seed, cancellation);
        var variants = TrendingVariants.Of(heldOut).ToDictionary(v => v.Key, v => heldOut.Judge(v.Value));
        var best = variants.MaxBy(v => v.Value.Ndcg);
        var random = new Random(seed);
        var ours = heldOut.Judge(Ours);
        return new(
            deeds.Count, heldOut.Train.Count, heldOut.Items.Count, ours, best.Value, heldOut.Judge((_, c) => Shuffled(c)),
            best.Value.Ndcg > 0 ? ours.Ndcg / best.Value.Ndcg : null, best.Key, variants,
            Part(heldOut, best.Key, c => New(heldOut, c)), Part(heldOut, best.Key, c => c.History.Length <= FewDeeds ? c.Liked : Nothing),
            training, await ScoringMeasure.RunAsync(model, heldOut, cancellation));

        IEnumerable<string> Ours(HeldOutCase of, Item[] candidates)
        {
            cancellation.ThrowIfCancellationRequested();
            return ForYou.Rank(model, of.History, candidates, heldOut.Known, of.Now).Select(r => r.Item.Id);
        }

        IEnumerable<string> Shuffled(Item[] candidates)
        {
            random.Shuffle(candidates);
            return candidates.Select(i => i.Id);
        }

        PartResult? Part(HeldOut of, string trending, Func<HeldOutCase, IReadOnlySet<string>> liked)
        {
            var quality = of.Judge(Ours, liked);
            return quality.Rankings == 0 ? null : new(quality, of.Judge(TrendingVariants.Of(of)[trending], liked));
        }
    }

    private static IReadOnlySet<string> Nothing { get; } = new HashSet<string>();

    private static HashSet<string> New(HeldOut heldOut, HeldOutCase of)
    {
        var learned = heldOut.Train.Select(d => d.Item).ToHashSet(StringComparer.Ordinal);
        return [.. of.Liked.Where(id => !learned.Contains(id))];
    }

    private static (TasteModel Model, TrainingCost Cost) Train(HeldOut heldOut, int seed, CancellationToken cancellation)
    {
        var (began, cpu, allocated) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        var model = TasteTrainer.Learn(heldOut.Items, heldOut.Train, seed, cancellation);
        var (seconds, processor, bytes) = (Stopwatch.GetElapsedTime(began).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, GC.GetTotalAllocatedBytes() - allocated);
        using var process = Process.GetCurrentProcess();
        var written = model.Write();
        began = Stopwatch.GetTimestamp();
        // What is judged is what a geode would have read.
        var read = TasteModel.Read(written);
        return (read, new(seconds, processor, process.PeakWorkingSet64 / 1e6, bytes / 1e6, written.Length / 1e3, Stopwatch.GetElapsedTime(began).TotalMilliseconds));
    }
}

/// <param name="Ratio">Our NDCG@10 divided by that of the best trending order; null: that has none.</param>
/// <param name="BestTrending">Its name.</param>
/// <param name="Variants">All trending orders.</param>
/// <param name="NewItems">Where only items are to be told that the model has not learned from; null: there are none.</param>
/// <param name="Newcomers">Of visitors with one to three deeds; null: there are none.</param>
internal sealed record PersonalResult(
    int Events, int Learned, int Items, RankingQuality Ours, RankingQuality Trending, RankingQuality Random, double? Ratio, string BestTrending,
    IReadOnlyDictionary<string, RankingQuality> Variants, PartResult? NewItems, PartResult? Newcomers, TrainingCost Training, ScoringCost Scoring);

internal sealed record PartResult(RankingQuality Ours, RankingQuality Trending);

/// <param name="ProcessorSeconds">Of all threads.</param>
/// <param name="PeakMegabytes">The whole process' memory, at most.</param>
/// <param name="AllocatedMegabytes">In all, most of it given back at once.</param>
/// <param name="ModelKilobytes">As a document.</param>
/// <param name="ReadMilliseconds">To read and check it.</param>
internal sealed record TrainingCost(
    double Seconds, double ProcessorSeconds, double PeakMegabytes, double AllocatedMegabytes, double ModelKilobytes, double ReadMilliseconds);
