using System.CommandLine;
using System.Globalization;
using Geode.Bench.Commands;
using Geode.Bench.Reporting;
using Spectre.Console;

namespace Geode.Bench.Drills.Days;

/// <summary><c>day</c>: whether the simulation says what a real planet does.</summary>
internal static class DayCommand
{
    private const string Advise = "advise";

    public static Command Create()
    {
        var mode = new Option<string>("--mode") { Description = "The steward's: advise (plans are not applied) or act.", HelpName = "MODE", DefaultValueFactory = _ => Advise };
        mode.AcceptOnlyFromAmong(Advise, "act");
        var minutes = BenchOptions.Number("--minutes", "How long a day takes", 6, 3, 1_440);
        var requests = BenchOptions.Number("--requests", "Per second of all three cities together, on the mean of the day", 24, 6, 1_000);
        var target = BenchOptions.Number("--target-ms", "In what time a geode shall answer", 250, 1, 60_000);
        var json = BenchOptions.Json();
        var command = new Command("day", "A planet of three regions under a day of minutes that follows the sun, and the same day simulated: whether the two agree.") { mode, minutes, requests, target, json };
        command.SetAction(async (parsed, stop) =>
        {
            MachineNote.Print();
            var shape = new DayShape(parsed.GetValue(mode)!, TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(requests), parsed.GetValue(target));
            var result = await DayDrill.RunAsync(shape, stop);
            Print(result);
            if (parsed.GetValue(json) is { } file)
                JsonReport.Write(file, Figures(result));
            foreach (var fault in result.Faults)
                Console.WriteLine(fault);
            Console.WriteLine(result.Faults.Count == 0 ? "The two agree within the bounds." : "The two do not agree within the bounds.");
            return result.Faults.Count == 0 ? 0 : 1;
        });
        return command;
    }

    /// <summary>All of it for programs.</summary>
    internal static object Figures(DayDrill.Result result) => new
    {
        result.Shape.Mode,
        minutes = result.Shape.Length.TotalMinutes,
        requestsPerSecond = result.Shape.Requests,
        targetMs = result.Shape.TargetMilliseconds,
        result.Scale,
        result.Measured,
        result.Failed,
        real = new { result.Real.Regions, result.Real.LateShare },
        simulated = new { result.Simulated.Regions, result.Simulated.LateShare },
        instancesApart = DayShape.Regions.Select((_, i) => Math.Round(DayBounds.Apart(result.Real.Instances, result.Simulated.Instances, i, result.Shape.Length), 3)),
        parts = Parts(result),
        result.Faults,
    };

    private static IEnumerable<Part> Parts(DayDrill.Result result) => Enumerable.Range(0, DayBounds.Parts).Select(i =>
    {
        var (from, to) = (result.Shape.Length * i / DayBounds.Parts, result.Shape.Length * (i + 1) / DayBounds.Parts);
        return new Part(result.Shape.Day.HourAt(from), Means(result.Real), Means(result.Simulated));

        double[] Means(DayOutcome of) => [.. DayShape.Regions.Select((_, region) => Math.Round(of.Instances.Mean(region, from, to), 2))];
    });

    private static void Print(DayDrill.Result result)
    {
        Console.WriteLine(FormattableString.Invariant(
            $"measured: a request {result.Measured.ServiceMilliseconds:0.0} ms (variation {result.Measured.Variation:0.00}), a cold start {result.Measured.ColdStartSeconds:0.0} s; {result.Scale.ConcurrentRequests} requests per second are work for one instance"));
        var table = new Table().AddColumns("", "real", "simulated", "apart", "allowed");
        for (var i = 0; i < DayShape.Regions.Length; i++)
        {
            var (name, real, simulated) = (DayShape.Regions[i], result.Real.Regions[i], result.Simulated.Regions[i]);
            Row($"{name}, requests", Text(real.Requests, "0"), Text(simulated.Requests, "0"), Off(real.Requests, simulated.Requests), $"±{Text(DayBounds.Requests * 100, "0.#")} %");
            Row($"{name}, instance-minutes", Text(real.InstanceMinutes, "0.0"), Text(simulated.InstanceMinutes, "0.0"), Off(real.InstanceMinutes, simulated.InstanceMinutes), $"±{Text(DayBounds.InstanceMinutes * 100, "0.#")} %");
            Row($"{name}, instances apart on average", "", "", Text(DayBounds.Apart(result.Real.Instances, result.Simulated.Instances, i, result.Shape.Length), "0.00"), Text(DayBounds.Instances, "0.00"));
        }

        Row("over target, %", Text(result.Real.LateShare * 100, "0.00"), Text(result.Simulated.LateShare * 100, "0.00"), Text((result.Real.LateShare - result.Simulated.LateShare) * 100, "+0.00;-0.00;0"), $"±{Text(DayBounds.LateShare * 100, "0.#")}");
        Row("failed", result.Failed.ToString(CultureInfo.InvariantCulture), "", "", "");
        AnsiConsole.Write(table);

        var over = new Table().AddColumn("hour");
        foreach (var region in DayShape.Regions)
            over.AddColumn($"{region}: real, simulated");
        foreach (var part in Parts(result))
            over.AddRow([Text(part.Hour, "00"), .. DayShape.Regions.Select((_, i) => $"{Text(part.Real[i], "0.0")}, {Text(part.Simulated[i], "0.0")}")]);
        AnsiConsole.Write(over);

        void Row(params string[] cells) => table.AddRow(cells);
    }

    private static string Off(double real, double simulated) => simulated > 0 ? $"{Text((real - simulated) / simulated * 100, "+0.0;-0.0;0.0")} %" : "-";

    private static string Text(double number, string form) => number.ToString(form, CultureInfo.InvariantCulture);

    /// <param name="Hour">At longitude 0, when it begins.</param>
    /// <param name="Real">Instances by region, on average.</param>
    private sealed record Part(double Hour, double[] Real, double[] Simulated);
}
