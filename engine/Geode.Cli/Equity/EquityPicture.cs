using System.Globalization;
using System.Text;

namespace Geode.Cli.Equity;

/// <summary>Draws the wait of each place as a bar, now and with the next region; readable on light and on dark ground.</summary>
internal static class EquityPicture
{
    private const int Width = 900;
    private const int Left = 190;
    private const int Right = 830;
    private const int First = 96;
    private const int Row = 24;

    private const string Style = """
        text { font: 13px system-ui, sans-serif; fill: #24292f; } .title { font-size: 18px; font-weight: 600; } .quiet { fill: #57606a; } .end { text-anchor: end; }
        .ground { fill: #ffffff; } .now { fill: #0969da; fill-opacity: .35; } .next { fill: #0969da; }
        @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .quiet { fill: #9198a1; } .ground { fill: #0d1117; } .now, .next { fill: #58a6ff; } }
        """;

    /// <param name="next">What is proposed; null: nothing can be added.</param>
    /// <returns>SVG.</returns>
    public static string Of(Fairness now, NextRegion? next)
    {
        var height = First + Row * now.Cities.Count + 24;
        var (most, with) = (now.Worst.P99Ms, next?.With.Cities.ToDictionary(c => c.Users.Place.Name, c => c.P99Ms));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\" aria-label=\"The slowest place waits {now.Ratio:0.0} times as long as the quickest.\">\n<style>\n{Style}\n</style>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"ground\" width=\"{Width}\" height=\"{height}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"title\" x=\"24\" y=\"34\">The slowest place waits {now.Ratio:0.0} times as long as the quickest</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"quiet\" x=\"24\" y=\"58\">p99 in ms: pale now{(next is null ? "" : $", full with {next.Region.Name} ({next.With.Ratio:0.0} times)")}</text>\n");
        foreach (var (city, row) in now.Cities.Select((c, i) => (c, i)))
        {
            var y = First + Row * row;
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"end\" x=\"{Left - 10}\" y=\"{y}\">{city.Users.Place.DisplayName}</text>\n");
            Bar(svg, "now", y, city.P99Ms / most);
            Bar(svg, "next", y, (with?[city.Users.Place.Name] ?? city.P99Ms) / most);
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"quiet end\" x=\"{Width - 16}\" y=\"{y}\">{city.P99Ms:0}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Bar(StringBuilder svg, string kind, int y, double share) =>
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{Left}\" y=\"{y - 13}\" width=\"{share * (Right - Left):0.#}\" height=\"16\" rx=\"3\"/>\n");
}
