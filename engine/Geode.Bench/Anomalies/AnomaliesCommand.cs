using System.CommandLine;
using System.Globalization;
using Geode.Bench.Reporting;
using Spectre.Console;

namespace Geode.Bench.Anomalies;

/// <summary><c>anomalies</c>: shows the series of a folder to the anomaly detector, all with the same settings, and counts which of the
/// windows in which people saw something wrong it finds.</summary>
internal static class AnomaliesCommand
{
    public static Command Create()
    {
        var folder = new Option<DirectoryInfo>("--folder")
        {
            Description = $"Folder of files *.csv (timestamp,value), with or without {LabelledSeries.WindowsFile}: for each file the times in which something was wrong.",
            HelpName = "DIR",
            Required = true,
        };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of a table." };
        var command = new Command("anomalies", "What the anomaly detector finds in labelled series, and what it takes for one wrongly.") { folder, json };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(folder), parsed.GetValue(json)));
        return command;
    }

    private static void Run(DirectoryInfo folder, bool json)
    {
        var series = LabelledSeries.Load(folder);
        var watched = series.Select(Watched.Of).ToList();
        var all = Watched.Total(watched);
        if (json)
            JsonReport.Print(new { series = watched.Select(Figures), all = Figures(all) });
        else
            Print(watched, all, series[0].Windows is not null);
    }

    private static object Figures(Watched w) => w.Windows is null
        ? new { w.Series, w.Points, microsecondsPerPoint = Math.Round(w.MicrosecondsPerPoint, 2), w.Alarms }
        : new { w.Series, w.Points, w.Windows, w.Found, w.FalseAlarms, meanDelayMinutes = w.DelayMinutes, microsecondsPerPoint = Math.Round(w.MicrosecondsPerPoint, 2), w.Alarms };

    private static void Print(IReadOnlyList<Watched> watched, Watched all, bool labelled)
    {
        var table = new Table().Border(TableBorder.Minimal);
        table.AddColumn("series");
        string[] figures = labelled ? ["points", "windows", "found", "false alarms", "delay min", "µs a point"] : ["points", "alarms", "µs a point"];
        foreach (var header in figures) table.AddColumn(new TableColumn(header).RightAligned());
        foreach (var w in watched.Append(all))
        {
            table.AddRow(labelled
                ? [Markup.Escape(w.Series), Number(w.Points), Number(w.Windows), Number(w.Found), Number(w.FalseAlarms), Number(w.DelayMinutes), Figure.Of(w.MicrosecondsPerPoint, "N2")]
                : [Markup.Escape(w.Series), Number(w.Points), Number(w.Alarms.Count), Figure.Of(w.MicrosecondsPerPoint, "N2")]);
        }

        AnsiConsole.Write(table);
        if (labelled) return;
        foreach (var w in watched.Where(w => w.Alarms.Count > 0))
            Console.WriteLine($"{w.Series}: {string.Join(", ", w.Alarms.Select(at => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)))}");
    }

    private static string Number(double? value) => Figure.Of(value, "N0");
}
