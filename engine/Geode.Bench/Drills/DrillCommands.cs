using System.CommandLine;
using Geode.Bench.Commands;
using Geode.Bench.Reporting;

namespace Geode.Bench.Drills;

/// <summary><c>crash</c> and <c>regions</c>: what the backplane promises, tried on real processes. <c>many-regions</c>: how far one goes.</summary>
internal static class DrillCommands
{
    public static Command Crash()
    {
        var times = BenchOptions.Number("--times", "How often the replica is killed", 50, 1, 10_000);
        var seed = BenchOptions.Number("--seed", "Of the moments and the torn tails", 1, 0, int.MaxValue);
        var command = new Command("crash", "Kills a replica under writes again and again; every acknowledged write must be there after each start.") { times, seed };
        command.SetAction(async (parsed, cancellation) =>
        {
            var result = await CrashDrill.RunAsync(parsed.GetValue(times), parsed.GetValue(seed), TimeSpan.FromSeconds(2), cancellation);
            Console.WriteLine($"{result.Rounds} kills, {result.Acknowledged} acknowledged writes");
            return Report(result.Faults);
        });
        return command;
    }

    public static Command Regions()
    {
        var minutes = BenchOptions.Number("--minutes", "How long", 10, 1, 10_000);
        var delay = BenchOptions.Number("--delay", "One-way delay of every link in ms", 20, 0, 10_000);
        var seed = BenchOptions.Number("--seed", "Of the faults", 1, 0, int.MaxValue);
        var command = new Command("regions", "Three replicas under writes, killed and cut off every few seconds; nothing acknowledged may be lost, all must end equal.") { minutes, delay, seed };
        command.SetAction(async (parsed, cancellation) =>
        {
            var result = await RegionsDrill.RunAsync(
                TimeSpan.FromMinutes(parsed.GetValue(minutes)), TimeSpan.FromSeconds(4), parsed.GetValue(delay), parsed.GetValue(seed), cancellation);
            Console.WriteLine($"{result.Kills} kills, {result.Partitions} partitions, {result.Acknowledged} items and {result.SharedWrites} writes to shared items acknowledged");
            Console.WriteLine(FormattableString.Invariant($"all regions at the same point {result.ConvergedMs:N0} ms after the healing"));
            return Report(result.Faults);
        });
        return command;
    }

    public static Command ManyRegions()
    {
        var regions = BenchOptions.Number("--regions", "How many, in this process", 100, 2, 254);
        var rate = BenchOptions.Number("--rate", "Writes per second in each region", 50, 1, 100_000);
        var seconds = BenchOptions.Number("--seconds", "How long", 60, 1, 3_600);
        var items = BenchOptions.Number("--items", "Items in each region, which the writes go round", 100, 1, 1_000_000);
        var command = new Command("many-regions", "Many regions in one process, each written to: how soon after the last write they are equal, and what it takes.") { regions, rate, seconds, items };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!LargeNursery.IsHere)
                return await LargeNursery.RunAsync(cancellation);
            MachineNote.Print();
            var limit = TimeSpan.FromMinutes(5);
            var result = await ManyRegionsDrill.RunAsync(
                parsed.GetValue(regions), parsed.GetValue(rate), parsed.GetValue(seconds), parsed.GetValue(items), limit, cancellation);
            Console.WriteLine(FormattableString.Invariant($"{result.Writes:N0} writes in {result.WriteSeconds:N1} s ({parsed.GetValue(seconds)} s asked for), {result.ResidentBytes / 1048576d:N0} MB resident"));
            Console.WriteLine(result.ConvergedSeconds is { } converged
                ? FormattableString.Invariant($"every region had everything {converged:N1} s after the last write")
                : $"some region still lacked something {limit.TotalMinutes:0} minutes after the last write");
            return Report(result.ConvergedSeconds is null ? ["not converged"] : result.AreEqual ? [] : ["regions differ"]);
        });
        return command;
    }

    private static int Report(IReadOnlyList<string> faults)
    {
        foreach (var fault in faults.Take(20))
            Console.WriteLine(fault);
        Console.WriteLine(faults.Count == 0 ? "Nothing lost." : $"{faults.Count} faults.");
        return faults.Count == 0 ? 0 : 1;
    }
}
