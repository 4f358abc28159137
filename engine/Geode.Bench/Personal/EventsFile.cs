using System.Globalization;
using Geode.Bench.Reporting;

namespace Geode.Bench.Personal;

/// <summary>What somebody did with an item, as a file has it.</summary>
/// <param name="Value">On any scale; see <see cref="EventValues"/>.</param>
internal sealed record RawEvent(string Visitor, string Item, double Value, DateTimeOffset At);

/// <summary>Events in a file: visitor, item, value, time (seconds since 1970, or ISO 8601). A first line that is no event is a heading.</summary>
internal static class EventsFile
{
    private const string Expected = "visitor,item,value,time: ids that are not empty, a number, and a time as seconds since 1970 or like 2026-01-31T12:00:00Z";

    /// <exception cref="BenchException">It cannot be read; the message names the file, the line and what is wrong.</exception>
    public static IReadOnlyList<RawEvent> Read(string path)
    {
        try
        {
            var events = new List<RawEvent>();
            var number = 0;
            foreach (var line in File.ReadLines(path))
            {
                number++;
                if (string.IsNullOrWhiteSpace(line)) continue;
                if (Row(line) is { } row) events.Add(row);
                else if (number > 1 || LooksLikeEvent(line)) throw new BenchException($"{path}, line {number}: '{ShortMessage.Of(line)}' is not {Expected}.");
            }

            return events.Count > 0 ? events : throw new BenchException($"{path} holds no events. A line is {Expected}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BenchException($"Cannot read {path}: {e.Message}", e);
        }
    }

    private static RawEvent? Row(string line) =>
        Cells(line) is [var visitor, var item, var value, var time] && visitor.Length > 0 && item.Length > 0 && Number(value) is { } number && Time(time) is { } at
            ? new(visitor, item, number, at)
            : null;

    // A heading names its columns; a line with a number where one belongs is an event that is wrong.
    private static bool LooksLikeEvent(string line) => Cells(line) is not [_, _, var value, var time] || Number(value) is not null || Time(time) is not null;

    private static string[] Cells(string line) => Array.ConvertAll(line.Split(','), cell => cell.Trim().Trim('"'));

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private static DateTimeOffset? Time(string text)
    {
        if (Number(text) is { } seconds)
            return Math.Abs(seconds) <= 1e11 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
    }
}
