using System.Globalization;
using Geode.Bench.Reporting;
using Geode.Personal;
using Spectre.Console;

namespace Geode.Bench.Personal;

/// <summary>A <see cref="PersonalResult"/> for the eye.</summary>
internal static class PersonalReport
{
    public static void Print(PersonalResult result)
    {
        MachineNote.Print();
        var table = new Table().Border(TableBorder.Minimal);
        table.AddColumn("order");
        foreach (var heading in new[] { "NDCG@10", "hit rate@10", "coverage", "visitors" }) table.AddColumn(new TableColumn(heading).RightAligned());
        Row(table, "ours", result.Ours);
        foreach (var (name, quality) in result.Variants.OrderByDescending(v => v.Value.Ndcg)) Row(table, $"trending: {name}", quality);
        Row(table, "random", result.Random);
        Part(table, "new items", result.NewItems);
        Part(table, "visitors with 1 to 3 deeds", result.Newcomers);
        AnsiConsole.Write(table);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Events:N0} events, {result.Learned:N0} of them learned from; {result.Items:N0} items. Ours is {Figure.Of(result.Ratio, "N2")} × trending."));
        var (training, scoring) = (result.Training, result.Scoring);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Training took {training.Seconds:N1} s ({training.ProcessorSeconds:N1} s of processor, {training.PeakMegabytes:N0} MB at most); the model has {training.ModelKilobytes:N0} kB, read in {training.ReadMilliseconds:N0} ms."));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{scoring.Candidates} candidates for {scoring.Clients} clients at once: p50 {scoring.P50Milliseconds:N2} ms, p99 {scoring.P99Milliseconds:N2} ms; the call alone p50 {scoring.CallP50Milliseconds:N3} ms, p99 {scoring.CallP99Milliseconds:N2} ms, {scoring.AllocatedKilobytes:N0} kB."));
    }

    private static void Part(Table table, string name, PartResult? part)
    {
        if (part is null) return;
        Row(table, $"{name}: ours", part.Ours);
        Row(table, $"{name}: trending", part.Trending);
    }

    private static void Row(Table table, string name, RankingQuality quality) => table.AddRow(
        name, Figure.Of(quality.Ndcg, "N4"), Figure.Of(quality.HitRate, "N3"), Figure.Of(quality.Coverage, "N3"), Figure.Of(quality.Rankings, "N0"));
}
