using System.CommandLine;
using System.Globalization;
using Geode.Bench.Commands;
using Geode.Bench.Reporting;
using Geode.Foresight.Forecasting;

namespace Geode.Bench.Forecasts;

/// <summary><c>forecast</c>: our forecasts of a series beside what anybody would do at first.</summary>
internal static class ForecastCommand
{
    public static Command Create()
    {
        var train = Series("--train", "What to learn from first.");
        var test = Series("--test", "What follows it: each value is forecast from those before, and then learned from.");
        var horizons = BenchOptions.List("--horizons", "Steps ahead.", $"1 to {ForecastSettings.MaxHorizon}", ["1", "5", "10", "30", "60"], IsHorizon);
        var day = BenchOptions.Number("--steps-per-day", "Steps in a day of the series", 1440, 1, ForecastSettings.MaxStepsPerDay);
        var json = new Option<FileInfo?>("--json")
        {
            Description = "Print JSON instead of a table, or write it to a file.",
            HelpName = "FILE",
            Arity = ArgumentArity.ZeroOrOne,
        };

        var command = new Command("forecast", "Forecasts a series from a file, beside simple forecasts of it.") { train, test, horizons, day, json };
        command.SetAction((parsed, _) =>
        {
            var comparison = new ForecastComparison(
                parsed.GetValue(day), [.. parsed.GetRequiredValue(horizons).Select(h => int.Parse(h, CultureInfo.InvariantCulture)).Distinct().Order()]);
            var result = comparison.Run(SeriesFile.Read(parsed.GetRequiredValue(train)), SeriesFile.Read(parsed.GetRequiredValue(test)));
            if (parsed.GetValue(json) is { } file)
                JsonReport.Write(file, result);
            else if (parsed.GetResult(json) is { Implicit: false })
                JsonReport.Print(result);
            else
                ForecastReport.Print(result);
            return Task.CompletedTask;
        });
        return command;
    }

    private static Option<string> Series(string name, string description) => new(name)
    {
        Description = $"{description} Two columns: step, value.",
        HelpName = "FILE",
        Required = true,
    };

    private static bool IsHorizon(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var steps) && steps is >= 1 and <= ForecastSettings.MaxHorizon;
}
