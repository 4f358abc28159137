using System.Globalization;
using System.Text;
using Geode.Cli.Simulation.Reports;

namespace Geode.Cli.Cost;

internal static class CostReport
{
    /// <param name="others">Other planets to compare with, by what they are.</param>
    public static string Text(CostSettings settings, MonthlyCost cost, IReadOnlyList<(string Name, MonthlyCost Cost)> others)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"A month of this planet at {settings.Load.PerSecond:0.##} requests per second, by list prices: {Sum(cost)}.").AppendLine();
        Table.Write(text, ["region", "service", "quantity", "unit", "price", "US$"], [.. cost.Lines.Select(Row)]);
        Table.Write(text, ["planet", "US$ a month"], [.. others.Prepend(("this one", cost)).Select(o => (string[])[o.Item1, Sum(o.Item2)])]);
        foreach (var source in cost.Lines.Where(l => l.Price is not null).Select(l => $"{l.Meter.Name}, {l.Region ?? "everywhere"}: of {l.Price!.Date}, {l.Price.Source}").Distinct())
            text.AppendLine(source);
        if (cost.Unpriced.Count > 0)
            text.AppendLine().AppendLine("Lines without a price are in no sum. Ask Azure's price list: geode prices update --out prices.csv, then geode cost --prices prices.csv.");
        return text.ToString();
    }

    public static string Json(CostSettings settings, MonthlyCost cost, IReadOnlyList<(string Name, MonthlyCost Cost)> others) => ReportFile.Json(new
    {
        settings.Load.PerSecond,
        cost.Dollars,
        Unpriced = cost.Unpriced.Count,
        Lines = cost.Lines.Select(l => new { l.Region, l.Service, Meter = l.Meter.Name, l.Quantity, l.Meter.Unit, l.Times, Price = l.Price?.Dollars, l.Price?.Date, l.Price?.Source, l.Dollars }),
        Others = others.Select(o => new { o.Name, o.Cost.Dollars, Unpriced = o.Cost.Unpriced.Count }),
    });

    private static string[] Row(CostLine line) =>
    [
        line.Region ?? "all", line.Service, Number(line.Quantity, "#,0.##"), line.Meter.Unit,
        line.Price is { } price ? Number(price.Dollars * line.Times, "0.########") : "no price", line.Dollars is { } dollars ? Number(dollars, "#,0.00") : "",
    ];

    private static string Sum(MonthlyCost cost) => cost.Unpriced.Count == 0
        ? Number(cost.Dollars, "#,0.00")
        : $"{Number(cost.Dollars, "#,0.00")} and {cost.Unpriced.Count} lines without a price";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
