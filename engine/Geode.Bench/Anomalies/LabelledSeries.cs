using System.Globalization;
using System.Text.Json;

namespace Geode.Bench.Anomalies;

/// <summary>A series of a metric, and when people saw something wrong in it.</summary>
/// <param name="Name">Of its file.</param>
/// <param name="Windows">First and last time of each; null: not labelled.</param>
internal sealed record LabelledSeries(string Name, IReadOnlyList<(DateTimeOffset At, double Value)> Points, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)>? Windows)
{
    public const string WindowsFile = "windows.json";
    private const string Header = "timestamp,value";

    /// <summary>The CSV files of a folder by name, with the windows of its <c>windows.json</c> if it has one.</summary>
    /// <exception cref="BenchException">Something cannot be read; the message names file and line.</exception>
    public static IReadOnlyList<LabelledSeries> Load(DirectoryInfo folder)
    {
        if (!folder.Exists) throw new BenchException($"--folder: there is no folder {folder.FullName}.");
        var files = folder.GetFiles("*.csv").OrderBy(f => f.Name, StringComparer.Ordinal).ToList();
        if (files.Count == 0) throw new BenchException($"--folder: no file *.csv is in {folder.FullName}. Files have the lines '{Header}' and below one point each.");
        var windows = Path.Combine(folder.FullName, WindowsFile) is var path && File.Exists(path) ? ReadWindows(path) : null;
        if (windows?.Keys.FirstOrDefault(name => !files.Exists(f => f.Name == name)) is { } unknown)
            throw new BenchException($"{path}: it has windows of '{unknown}', and there is no such file in the folder.");
        return [.. files.Select(file => new LabelledSeries(file.Name, ReadPoints(file), windows is null ? null : windows.GetValueOrDefault(file.Name) ?? []))];
    }

    private static List<(DateTimeOffset, double)> ReadPoints(FileInfo file)
    {
        var points = new List<(DateTimeOffset, double)>();
        var number = 0;
        foreach (var line in Lines(file.FullName))
        {
            if (++number == 1)
            {
                if (line.Trim() != Header) throw new BenchException($"{file.FullName}, line 1: it is '{Short(line)}'. The first line is '{Header}'.");
                continue;
            }

            if (line.Length == 0) continue;
            var cells = line.Split(',');
            if (cells.Length != 2 || !Time(cells[0], out var at))
                throw new BenchException($"{file.FullName}, line {number}: '{Short(line)}' is not a point. A line is a time like 2026-03-01 12:00:00, a comma and a number.");
            if (!double.TryParse(cells[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
                throw new BenchException($"{file.FullName}, line {number}: '{Short(cells[1])}' is not a number.");
            if (points.Count > 0 && at < points[^1].Item1)
                throw new BenchException($"{file.FullName}, line {number}: {cells[0]} is before the line above it. Points are in the order of their times.");
            points.Add((at, value));
        }

        return points.Count > 0 ? points : throw new BenchException($"{file.FullName}: it has no points.");
    }

    private static Dictionary<string, List<(DateTimeOffset, DateTimeOffset)>> ReadWindows(string path)
    {
        try
        {
            var raw = JsonSerializer.Deserialize<Dictionary<string, string[][]>>(string.Join('\n', Lines(path)))
                ?? throw new BenchException($"{path}: it is null. It is an object: for each file a list of [first, last] times.");
            return raw.ToDictionary(file => file.Key, file => (file.Value ?? throw Bad(path, file.Key, "null")).Select(window => Window(path, file.Key, window)).ToList(), StringComparer.Ordinal);
        }
        catch (JsonException e)
        {
            throw new BenchException($"{path}, line {e.LineNumber + 1}: {ShortReason(e)} It is an object: for each file a list of [first, last] times.", e);
        }
    }

    private static (DateTimeOffset, DateTimeOffset) Window(string path, string file, string[]? times) =>
        times is [{ } first, { } last] && Time(first, out var from) && Time(last, out var to) && from <= to
            ? (from, to)
            : throw Bad(path, file, times is null ? "null" : string.Join(", ", times));

    private static BenchException Bad(string path, string file, string what) =>
        new($"{path}: '{Short(what)}' of {file} is not a window. A window is a list of its first and its last time, like [\"2026-03-01 12:00:00\", \"2026-03-01 18:00:00\"].");

    private static bool Time(string text, out DateTimeOffset at) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BenchException($"{path}: {e.Message}", e);
        }
    }

    private static string ShortReason(JsonException e) => e.Message.Split(". ")[0].TrimEnd('.') + ".";

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
