using System.Globalization;
using Geode.Bench.Reporting;
using Spectre.Console;

namespace Geode.Bench.Forecasts;

/// <summary>A <see cref="ForecastResult"/> for the eye.</summary>
internal static class ForecastReport
{
    public static void Print(ForecastResult result)
    {
        MachineNote.Print();
        AnsiConsole.Write(Table(result));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Mean absolute errors over {result.TestSteps:N0} steps after {result.TrainSteps:N0} to learn from. {result.MicrosecondsPerStep:N1} µs a step, all horizons."));
    }

    private static Table Table(ForecastResult result)
    {
        var table = new Table().Border(TableBorder.Minimal);
        foreach (var heading in new[] { "steps ahead", "ours", "best simple", "ratio", "inside 90 %", "width" }.Concat(result.Horizons[0].Simple.Keys).Append("(both sides)"))
            table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (var h in result.Horizons)
            table.AddRow([
                h.Horizon.ToString(CultureInfo.InvariantCulture), Value(h.MeanAbsoluteError), h.Best, Figure.Of(h.Ratio, "N3"), Figure.Of(100 * h.Coverage, "N1") + " %",
                Value(h.Width), .. h.Simple.Values.Select(Value), Value(h.BothSides)]);
        return table;
    }

    private static string Value(double value) => Figure.Of(value, "N2");
}
