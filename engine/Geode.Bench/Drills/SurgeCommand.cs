using System.CommandLine;
using System.Globalization;
using Geode.Bench.Commands;
using Geode.Bench.Reporting;
using Spectre.Console;

namespace Geode.Bench.Drills;

/// <summary><c>surge</c>: what plans are worth when a city suddenly asks many times as much, beside the autoscaler alone.</summary>
internal static class SurgeCommand
{
    private const double MostTimesSlower = 2;

    // The autoscaler alone, and with plans on top.
    private static readonly string[] Modes = ["advise", "act"];

    public static Command Create()
    {
        var mode = new Option<string?>("--mode") { Description = "Only with the steward in this mode: advise (plans are not applied) or act. Both when not given.", HelpName = "MODE" };
        mode.AcceptOnlyFromAmong(Modes);
        var kill = new Option<bool>("--kill-steward") { Description = "Kill the Worker that plans in the middle of the surge." };
        var factor = BenchOptions.Number("--factor", "How many times as much as usual the city asks", 10, 2, 100);
        var seconds = BenchOptions.Number("--seconds", "How long it does", 60, 20, 3_600);
        var requests = BenchOptions.Number("--requests", "Per second of all three cities together, before", 12, 3, 1_000);
        var json = BenchOptions.Json();
        var command = new Command("surge", "A planet of three regions on which one city suddenly asks more: what fails, what gets slow, what plans do about it.")
        {
            mode, kill, factor, seconds, requests, json,
        };
        command.SetAction(async (parsed, stop) =>
        {
            MachineNote.Print();
            var results = new List<SurgeDrill.Result>();
            foreach (var chosen in parsed.GetValue(mode) is { } one ? [one] : Modes)
            {
                results.Add(await SurgeDrill.RunAsync(
                    chosen, parsed.GetValue(kill), parsed.GetValue(factor), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(requests), stop));
            }

            Print(results);
            if (parsed.GetValue(json) is { } file)
                JsonReport.Write(file, results);
            var faults = results.SelectMany(Faults).ToList();
            faults.ForEach(Console.WriteLine);
            return faults.Count == 0 ? 0 : 1;
        });
        return command;
    }

    /// <summary>What must not be; empty when all is well.</summary>
    internal static IEnumerable<string> Faults(SurgeDrill.Result result)
    {
        var failed = result.Quiet.Failed + result.During.Failed + result.Later.Failed;
        if (failed > 0)
            yield return $"{result.Mode}: {failed} requests failed.";
        if (result.Mode != "act")
            yield break;
        if (result.Applied == 0)
            yield return "act: no plan was applied.";
        if (result.During.P99Ms > MostTimesSlower * result.Quiet.P99Ms)
            yield return FormattableString.Invariant($"act: p99 during the surge is {result.During.P99Ms / result.Quiet.P99Ms:0.0#} times the one before, and should be at most {MostTimesSlower:0} times.");
        if (result.Killed is not null && result.AppliedFence <= result.Before?.Fence)
            yield return $"act: after {result.Killed} was killed no plan of another steward was applied.";
    }

    private static void Print(List<SurgeDrill.Result> results)
    {
        var table = new Table().AddColumn("");
        foreach (var result in results)
            table.AddColumn(result.Mode);
        Row("requests before, during, after", r => Phases(r, p => $"{p.Requests:N0}"));
        Row("per second", r => Phases(r, p => $"{p.PerSecond:0.#}"));
        Row("failed", r => Phases(r, p => $"{p.Failed}"));
        Row("failed after, ms", r => string.Join(", ", Of(r).SelectMany(p => p.FailedAfterMs).Select(ms => $"{ms:0}").DefaultIfEmpty("-")));
        Row("p50, ms", r => Phases(r, p => $"{p.P50Ms:0.#}"));
        Row("p99, ms", r => Phases(r, p => $"{p.P99Ms:0.#}"));
        Row("instances (floor) next to it, at second", r => string.Join('\n', r.Instances.Select(c => FormattableString.Invariant($"{c.Seconds,4:0}: {c.Instances} ({c.Floor?.ToString(CultureInfo.InvariantCulture) ?? "-"})"))));
        Row("plans applied, regions counted", r => $"{r.Applied}");
        Row("steward before, fence", r => Name(r.Before));
        Row("killed", r => r.Killed ?? "-");
        Row("steward after, fence", r => Name(r.After));
        AnsiConsole.Write(table);

        void Row(string name, Func<SurgeDrill.Result, string> of) => table.AddRow([name, .. results.Select(of)]);
    }

    private static string Phases(SurgeDrill.Result result, Func<SurgeAnswers.Phase, FormattableString> of) =>
        string.Join(" / ", Of(result).Select(phase => of(phase).ToString(CultureInfo.InvariantCulture)));

    private static SurgeAnswers.Phase[] Of(SurgeDrill.Result result) => [result.Quiet, result.During, result.Later];

    private static string Name(SurgeWatch.Steward? steward) => steward is null ? "-" : $"{steward.Region}, {steward.Fence}";
}
