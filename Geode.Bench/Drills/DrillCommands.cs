using System.CommandLine;
using Geode.Bench.Commands;

namespace Geode.Bench.Drills;

/// <summary><c>crash</c> and <c>regions</c>: what the backplane promises, tried on real processes.</summary>
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

    private static int Report(IReadOnlyList<string> faults)
    {
        foreach (var fault in faults.Take(20))
            Console.WriteLine(fault);
        Console.WriteLine(faults.Count == 0 ? "Nothing lost." : $"{faults.Count} faults.");
        return faults.Count == 0 ? 0 : 1;
    }
}
