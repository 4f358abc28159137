using System.Globalization;
using System.Text;

namespace Geode.Cli.Simulation.Reports;

/// <summary>Draws what came of the policies: load, instances, requests over target, and the sums; readable on light and on dark ground.</summary>
internal static class Picture
{
    private const int Width = 1200;
    private const int Left = 84;
    private const int Right = 1172;
    private const int First = 92;
    private const int Tall = 150;
    private const int Gap = 58;

    private const string Style = """
        text { font: 13px system-ui, sans-serif; fill: #24292f; } .title { font-size: 20px; font-weight: 600; } .quiet { fill: #57606a; }
        .head { font-weight: 600; } .grid { stroke: #d0d7de; stroke-width: 1; } .ground { fill: #ffffff; } .end { text-anchor: end; } .middle { text-anchor: middle; }
        .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; } .load { stroke: #57606a; } .under { fill: #57606a; fill-opacity: .14; }
        .fixed { stroke: #8250df; } .reactive { stroke: #bc4c00; } .predictive { stroke: #0969da; } .fixed, .reactive, .predictive { fill: none; }
        .key { stroke-width: 4; } .fault { fill: #cf222e; fill-opacity: .13; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; } .quiet { fill: #9198a1; } .grid { stroke: #3d444d; } .ground { fill: #0d1117; } .load { stroke: #9198a1; } .under { fill: #9198a1; }
          .fixed { stroke: #bc8cff; } .reactive { stroke: #f0883e; } .predictive { stroke: #58a6ff; } .fault { fill: #ff7b72; }
        }
        """;

    /// <returns>SVG.</returns>
    public static string Of(Scenario scenario, IReadOnlyList<SimulationResult> results)
    {
        var height = First + 3 * (Tall + Gap) + 40 + 26 * results.Count;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\" aria-label=\"{Label(results)}\">\n<style>\n{Style}\n</style>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"ground\" width=\"{Width}\" height=\"{height}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"title\" x=\"{Left}\" y=\"36\">{scenario.World.Planet.Regions.Count} geodes, {Hours(scenario.Length)}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"quiet\" x=\"{Left}\" y=\"58\">target {scenario.World.Target.Milliseconds:0} ms · an instance serves {scenario.World.Instance.PerSecond:0.#} requests/s and is ready after {scenario.World.ColdStart.TotalSeconds:0} s · seed {scenario.World.Seed}</text>\n");
        if (results.Count > 0)
        {
            Panel(svg, scenario, 0, "requests/s", [("load", results[^1].Points.Select(p => p.RequestsPerSecond).ToArray())], true);
            Panel(svg, scenario, 1, "instances", [.. results.Select(r => (r.Policy, r.Points.Select(p => p.Instances).ToArray()))], false);
            Panel(svg, scenario, 2, "requests/s over target", [.. results.Select(r => (r.Policy, r.Points.Select(p => p.LatePerSecond).ToArray()))], false);
            Sums(svg, results, First + 3 * (Tall + Gap) + 18);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Panel(StringBuilder svg, Scenario scenario, int number, string title, (string Name, double[] Values)[] lines, bool filled)
    {
        var (top, bottom) = (First + number * (Tall + Gap), First + number * (Tall + Gap) + Tall);
        var axis = Axis.For(lines.SelectMany(l => l.Values).DefaultIfEmpty().Max());
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"head\" x=\"{Left}\" y=\"{top - 10}\">{title}</text>\n");
        if (number == 1)
            Keys(svg, [.. lines.Select(l => l.Name)], top - 14);
        foreach (var fault in scenario.World.Faults.Where(f => f.From < scenario.Length))
        {
            var (from, until) = (X(fault.From / scenario.Length), X(Math.Min(1, (fault.From + fault.Duration) / scenario.Length)));
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"fault\" x=\"{from:0.#}\" y=\"{top}\" width=\"{Math.Max(1, until - from):0.#}\" height=\"{Tall}\"><title>{fault.Region} is gone</title></rect>\n");
            if (number == 0)
                svg.Append(CultureInfo.InvariantCulture, $"<text class=\"quiet\" x=\"{from + 4:0.#}\" y=\"{top + 14}\">{fault.Region} gone</text>\n");
        }

        foreach (var tick in axis.Ticks)
        {
            var y = bottom - tick / axis.Most * Tall;
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/><text class=\"quiet end\" x=\"{Left - 8}\" y=\"{y + 4:0.#}\">{tick:#,0.##}</text>\n");
        }

        foreach (var (at, text) in Axis.Times(scenario.Length))
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"quiet middle\" x=\"{X(at):0.#}\" y=\"{bottom + 18}\">{text}</text>\n");
        foreach (var (name, values) in lines)
        {
            var path = string.Join(' ', values.Select((v, i) => string.Create(CultureInfo.InvariantCulture, $"{X((i + 0.5) / values.Length):0.#},{bottom - v / axis.Most * Tall:0.##}")));
            if (filled)
                svg.Append(CultureInfo.InvariantCulture, $"<polygon class=\"under\" points=\"{Left},{bottom} {path} {Right},{bottom}\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"line {name}\" points=\"{path}\"/>\n");
        }
    }

    private static void Keys(StringBuilder svg, string[] names, int y)
    {
        var x = Right - 120 * names.Length;
        foreach (var name in names)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"key {name}\" x1=\"{x + 14}\" x2=\"{x + 38}\" y1=\"{y}\" y2=\"{y}\"/><text x=\"{x + 46}\" y=\"{y + 4}\">{name}</text>\n");
            x += 120;
        }
    }

    private static void Sums(StringBuilder svg, IReadOnlyList<SimulationResult> results, int top)
    {
        int[] columns = [400, 560, 720, 860, 1000, Right];
        string[] heads = ["requests over target", "share of all", "instance-hours", "p99, ms", "US$", "kg CO₂e"];
        foreach (var (x, head) in columns.Zip(heads))
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"quiet end\" x=\"{x}\" y=\"{top}\">{head}</text>\n");
        foreach (var (result, row) in results.Select((r, i) => (r, i + 1)))
        {
            var y = top + 26 * row;
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"key {result.Policy}\" x1=\"{Left}\" x2=\"{Left + 24}\" y1=\"{y - 4}\" y2=\"{y - 4}\"/><text class=\"head\" x=\"{Left + 34}\" y=\"{y}\">{result.Policy}</text>\n");
            FormattableString[] cells =
            [
                $"{result.Late:N0}", $"{result.Late / Math.Max(1, result.Requests):0.000 %}", $"{result.InstanceHours:N0}", $"{result.P99:N0}", $"{result.Dollars:N2}", $"{result.Grams / 1000:N2}",
            ];
            foreach (var (x, cell) in columns.Zip(cells))
                svg.Append(CultureInfo.InvariantCulture, $"<text class=\"end\" x=\"{x}\" y=\"{y}\">{cell.ToString(CultureInfo.InvariantCulture)}</text>\n");
        }
    }

    private static string Label(IReadOnlyList<SimulationResult> results) => string.Join("; ", results.Select(r =>
        string.Create(CultureInfo.InvariantCulture, $"{r.Policy}: {r.Late:N0} requests over target, {r.InstanceHours:N0} instance-hours")));

    private static string Hours(TimeSpan length) => length.TotalHours > 96
        ? string.Create(CultureInfo.InvariantCulture, $"{length.TotalDays:0.#} days")
        : string.Create(CultureInfo.InvariantCulture, $"{length.TotalHours:0.##} hours");

    private static double X(double share) => Left + share * (Right - Left);
}
