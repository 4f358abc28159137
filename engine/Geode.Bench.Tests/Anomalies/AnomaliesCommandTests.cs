using System.Globalization;
using Geode.Bench.Anomalies;

namespace Geode.Bench.Tests.Anomalies;

public sealed class AnomaliesCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("anomalies");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Windows_with_an_alarm_are_found_and_alarms_outside_are_false()
    {
        Write("a.csv", "timestamp,value", "2026-03-01 00:00:00,1", "2026-03-01 00:05:00,2");
        Write("windows.json", """{ "a.csv": [["2026-03-01 01:00:00", "2026-03-01 02:00:00"], ["2026-03-01 05:00:00", "2026-03-01 06:00:00"]] }""");
        var series = Assert.Single(LabelledSeries.Load(_folder));
        var watched = Watched.Judge(series, [At("01:10"), At("01:50"), At("03:00")], 1);
        Assert.Equal((2, 1, 1, 10), (watched.Windows, watched.Found, watched.FalseAlarms, watched.DelayMinutes));
    }

    [Fact]
    public void Total_adds_up_and_weighs_delays_by_windows_found()
    {
        var total = Watched.Total([
            new("a", 100, 2, 2, 1, 10, 2, []),
            new("b", 300, 3, 1, 4, 40, 4, []),
            new("c", 100, 1, 0, 0, null, 2, [])]);
        Assert.Equal((500, 6, 3, 5, 20, 3.2), (total.Points, total.Windows, total.Found, total.FalseAlarms, total.DelayMinutes, total.MicrosecondsPerPoint));
    }

    [Fact]
    public void A_step_in_a_steady_series_is_found_and_nothing_else()
    {
        var noise = new Random(5);
        var start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        Write("a.csv", ["timestamp,value", .. Enumerable.Range(0, 3000).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{start.AddMinutes(5 * i):yyyy-MM-dd HH:mm:ss},{(i < 2000 ? 10 : 20) + noise.NextDouble()}"))]);
        Write("windows.json", $$"""{ "a.csv": [["{{start.AddMinutes(5 * 1990):o}}", "{{start.AddMinutes(5 * 2050):o}}"]] }""");
        var watched = Watched.Of(Assert.Single(LabelledSeries.Load(_folder)));
        Assert.Equal((1, 1, 0, 50), (watched.Windows, watched.Found, watched.FalseAlarms, watched.DelayMinutes));
    }

    [Fact]
    public void Without_windows_there_are_only_alarms()
    {
        Write("a.csv", "timestamp,value", "2026-03-01 00:00:00,1");
        var watched = Watched.Of(Assert.Single(LabelledSeries.Load(_folder)));
        Assert.Null(watched.Windows);
        Assert.Null(Watched.Total([watched]).Found);
    }

    [Theory]
    [InlineData("time,value", "line 1: it is 'time,value'. The first line is 'timestamp,value'.")]
    [InlineData("timestamp,value\n2026-03-01 00:00:00", "line 2: '2026-03-01 00:00:00' is not a point.")]
    [InlineData("timestamp,value\n2026-03-01 00:00:00,1\nyesterday,2", "line 3: 'yesterday,2' is not a point.")]
    [InlineData("timestamp,value\n2026-03-01 00:00:00,much", "line 2: 'much' is not a number.")]
    [InlineData("timestamp,value\n2026-03-01 00:00:00,NaN", "line 2: 'NaN' is not a number.")]
    [InlineData("timestamp,value\n2026-03-02 00:00:00,1\n2026-03-01 00:00:00,1", "line 3: 2026-03-01 00:00:00 is before the line above it.")]
    [InlineData("timestamp,value\n", "it has no points.")]
    [InlineData("", "it has no points.")]
    public void Bad_files_are_named_with_their_line(string text, string message)
    {
        Write("a.csv", text);
        Assert.Contains("a.csv" + (message.StartsWith("line", StringComparison.Ordinal) ? ", " : ": ") + message, Error(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "windows.json, line 1: ")]
    [InlineData("{\n \"a.csv\": [\n", "windows.json, line ")]
    [InlineData("null", "windows.json: it is null.")]
    [InlineData("""{ "b.csv": [] }""", "windows.json: it has windows of 'b.csv', and there is no such file in the folder.")]
    [InlineData("""{ "a.csv": null }""", "windows.json: 'null' of a.csv is not a window.")]
    [InlineData("""{ "a.csv": [null] }""", "windows.json: 'null' of a.csv is not a window.")]
    [InlineData("""{ "a.csv": [["2026-03-01"]] }""", "windows.json: '2026-03-01' of a.csv is not a window.")]
    [InlineData("""{ "a.csv": [["2026-03-02", "2026-03-01"]] }""", "windows.json: '2026-03-02, 2026-03-01' of a.csv is not a window.")]
    public void Bad_windows_are_named(string text, string message)
    {
        Write("a.csv", "timestamp,value", "2026-03-01 00:00:00,1");
        Write("windows.json", text);
        Assert.Contains(message, Error(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_must_be_there_and_have_series()
    {
        Assert.Contains("no file *.csv is in", Error(), StringComparison.Ordinal);
        var missing = Assert.Throws<BenchException>(() => LabelledSeries.Load(new DirectoryInfo(Path.Combine(_folder.FullName, "no"))));
        Assert.Contains("--folder: there is no folder", missing.Message, StringComparison.Ordinal);
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2026-03-01 {time}Z", CultureInfo.InvariantCulture);

    private string Error() => Assert.Throws<BenchException>(() => LabelledSeries.Load(_folder)).Message;

    private void Write(string name, params string[] lines) => File.WriteAllText(Path.Combine(_folder.FullName, name), string.Join('\n', lines));
}
