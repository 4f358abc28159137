using System.Globalization;
using System.Text;

namespace Geode.Cli.Simulation.Reports;

/// <summary>The figures as text.</summary>
internal static class TableReport
{
    private static readonly string[] Head = ["policy", "requests", "over target", "share", "lost", "p50 ms", "p99 ms", "instance-h", "US$", "kg CO₂e", "moves", "steered"];
    private static readonly string[] RegionHead = ["region", "policy", "requests", "over target", "p50 ms", "p99 ms", "instances", "busy", "US$", "kg CO₂e"];
    private static readonly string[] FrontierHead = ["reactive at", "over target", "instance-h"];

    public static string Of(Scenario scenario, IReadOnlyList<SimulationResult> results, IReadOnlyList<(double Utilisation, SimulationResult Result)> frontier)
    {
        var text = new StringBuilder(Title(scenario));
        Table.Write(text, Head, [.. results.Select(Row)]);
        text.Append(Comparison(results));
        if (frontier.Count > 0)
            Table.Write(text, FrontierHead, [.. frontier.Select(f => (string[])[Text($"{f.Utilisation:0 %}"), Text($"{f.Result.Late:N0}"), Text($"{f.Result.InstanceHours:N1}")])]);
        if (results.Count > 0 && results[0].Regions.Count <= 12)
            Table.Write(text, RegionHead, [.. results[0].Regions.SelectMany((_, i) => results.Select(r => RegionRow(r, r.Regions[i])))]);
        var unpriced = results.SelectMany(r => r.Unpriced).Distinct().ToArray();
        if (unpriced.Length > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"Without a price or a grid intensity, and so not in these sums: {string.Join(", ", unpriced.Take(8))}{(unpriced.Length > 8 ? $" and {unpriced.Length - 8} more" : "")}.");
        return text.ToString();
    }

    private static string Title(Scenario scenario)
    {
        var world = scenario.World;
        return Text($"{world.Planet.Regions.Count} geodes, {scenario.Length.TotalHours:0.##} h; target {world.Target.Milliseconds:0} ms, service {world.Instance.ServiceSeconds * 1000:0.#} ms, {world.Instance.Concurrency} at once, ready after {world.ColdStart.TotalSeconds:0} s; seed {world.Seed}\n\n");
    }

    private static string[] Row(SimulationResult r) =>
    [
        r.Policy, Text($"{r.Requests:N0}"), Text($"{r.Late:N0}"), Text($"{r.Late / Math.Max(1, r.Requests):0.000 %}"), Text($"{r.Lost:N0}"), Text($"{r.P50:0}"), Text($"{r.P99:0}"),
        Text($"{r.InstanceHours:N1}"), Text($"{r.Dollars:N2}"), Text($"{r.Grams / 1000:N2}"), Text($"{r.Moves:N0}"), Text($"{r.Steered:N0}"),
    ];

    private static string[] RegionRow(SimulationResult result, RegionResult r) =>
    [
        r.Region, result.Policy, Text($"{r.Requests:N0}"), Text($"{r.Late:N0}"), Text($"{r.P50:0}"), Text($"{r.P99:0}"), Text($"{r.MeanInstances:0.0}"), Text($"{r.Utilisation:0 %}"),
        r.Dollars is { } dollars ? Text($"{dollars:N2}") : "?", r.Grams is { } grams ? Text($"{grams / 1000:N2}") : "?",
    ];

    private static string Comparison(IReadOnlyList<SimulationResult> results)
    {
        if (results.FirstOrDefault(r => r.Policy == "predictive") is not { } predictive)
            return "";
        var text = new StringBuilder();
        foreach (var other in results.Where(r => r != predictive))
            text.AppendLine(CultureInfo.InvariantCulture, $"predictive against {other.Policy}: {Fewer(predictive.Late, other.Late)} requests over target, {predictive.InstanceHours / Math.Max(1e-9, other.InstanceHours):0.00} × the instance-hours");
        return text.AppendLine().ToString();
    }

    private static string Fewer(double mine, double others) => Math.Round(others) <= 0 ? mine < 1 ? "as few" : Text($"{mine:N0} more") : mine <= others ? Text($"{1 - mine / others:0 %} fewer") : Text($"{mine / others - 1:0 %} more");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
