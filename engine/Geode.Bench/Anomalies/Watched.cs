using System.Diagnostics;
using Geode.Foresight.Anomalies;

namespace Geode.Bench.Anomalies;

/// <summary>What the detector said to one series.</summary>
/// <param name="Windows">How many people saw; null: not labelled.</param>
/// <param name="Found">Of them with at least one alarm inside.</param>
/// <param name="FalseAlarms">Outside of all.</param>
/// <param name="DelayMinutes">From the beginning of a found window to its first alarm, on average; null: none found.</param>
internal sealed record Watched(
    string Series, int Points, int? Windows, int? Found, int? FalseAlarms, double? DelayMinutes, double MicrosecondsPerPoint, IReadOnlyList<DateTimeOffset> Alarms)
{
    // As in Numenta's benchmark: so much of a series, and at most so many points, are there to learn from.
    private const double LearningShare = 0.15;
    private const int MostLearning = 750;

    /// <summary>Shows the series to a new detector, point by point.</summary>
    public static Watched Of(LabelledSeries series)
    {
        var settings = AnomalySettings.Default with { WarmUp = Math.Min((int)(LearningShare * series.Points.Count), MostLearning) };
        var detector = new AnomalyDetector(settings);
        var rule = new AlarmRule();
        var alarms = new List<DateTimeOffset>();
        var began = Stopwatch.GetTimestamp();
        foreach (var (at, value) in series.Points)
        {
            if (rule.Take(detector.Score(at, value))) alarms.Add(at);
        }

        var microseconds = Stopwatch.GetElapsedTime(began).TotalMicroseconds / series.Points.Count;
        return Judge(series, alarms, microseconds);
    }

    internal static Watched Judge(LabelledSeries series, IReadOnlyList<DateTimeOffset> alarms, double microseconds)
    {
        if (series.Windows is not { } windows) return new(series.Name, series.Points.Count, null, null, null, null, microseconds, alarms);
        var delays = windows
            .Select(window => (window.From, First: alarms.Where(at => at >= window.From && at <= window.To).Cast<DateTimeOffset?>().FirstOrDefault()))
            .Where(found => found.First is not null)
            .Select(found => (found.First!.Value - found.From).TotalMinutes)
            .ToList();
        var outside = alarms.Count(at => !windows.Any(window => at >= window.From && at <= window.To));
        return new(series.Name, series.Points.Count, windows.Count, delays.Count, outside, delays.Count == 0 ? null : delays.Average(), microseconds, alarms);
    }

    /// <summary>All of them as one.</summary>
    public static Watched Total(IReadOnlyList<Watched> all)
    {
        var labelled = all.Where(w => w.Windows is not null).ToList();
        int? Sum(Func<Watched, int?> of) => labelled.Count == 0 ? null : labelled.Sum(of);
        var (points, found) = (all.Sum(w => w.Points), Sum(w => w.Found));
        return new(
            "all", points, Sum(w => w.Windows), found, Sum(w => w.FalseAlarms),
            found > 0 ? labelled.Sum(w => (w.DelayMinutes ?? 0) * w.Found!.Value) / found : null,
            all.Sum(w => w.MicrosecondsPerPoint * w.Points) / points, [.. all.SelectMany(w => w.Alarms)]);
    }
}
