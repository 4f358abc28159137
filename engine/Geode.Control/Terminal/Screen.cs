using System.Collections.Concurrent;
using Geode.Control.Events;
using Geode.Control.Processes;
using Geode.Topology;
using Spectre.Console;

namespace Geode.Control.Terminal;

/// <summary>What a person sees of the planet: one line per change of state and per warning, and one table when it is up.</summary>
public sealed class Screen
{
    private const int WidthOfFiles = 10_000;
    private const int NamesShown = 10;

    private readonly IAnsiConsole _console = For(Console.Out, Console.IsOutputRedirected);
    private readonly IAnsiConsole _errors = For(Console.Error, Console.IsErrorRedirected);
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, bool> _notHealthy = new();
    private readonly RepeatFilter _repeats = new(TimeProvider.System);
    private Phase _phase = Phase.Starting;

    private enum Phase { Starting, Running, Stopping }

    public void ShowStarting(PlanetChoice choice) => Line(
        $"[grey]Starting {Geodes(choice.Planet)} ({Markup.Escape(Some(choice.Planet.RegionNames))}); data in {Markup.Escape(choice.DataFolder)}[/]");

    /// <summary>Says whom a start waits for, when it takes long.</summary>
    public void ShowWaiting()
    {
        if (_phase == Phase.Starting && _notHealthy.Keys.Order().ToList() is { Count: > 0 } names)
            Line($"[grey]Still waiting for {Markup.Escape(Some(names))}[/]");
    }

    public void OnEvent(PlanetEvent happened)
    {
        if (happened.Process is { } process)
            _ = happened.State == "healthy" ? _notHealthy.TryRemove(process, out _) : _notHealthy.TryAdd(process, true);
        // While starting and stopping, ten processes that do so are no news.
        if (_phase == Phase.Running || happened.State == "exited")
            Line($"[grey]{happened.At.ToLocalTime():HH:mm:ss.fff}[/] [{Colour(happened.State)}]{Markup.Escape(happened.Message)}[/]");
    }

    public void OnLog(LogLine line)
    {
        // Those who start look for others that are not there yet, and those who stop for others that are gone: only the log has that.
        if (!line.IsNoteworthy || _phase == Phase.Stopping || (_phase == Phase.Starting && line.Level == "Warning"))
            return;
        if (_repeats.Pass($"{line.Process}: {line.Text.ReplaceLineEndings(" ")}") is { } text)
            Line($"[grey]{DateTime.Now:HH:mm:ss.fff}[/] [{(line.Level == "Warning" ? "yellow" : "red")}]{Markup.Escape(text)}[/]");
    }

    /// <param name="planet">All of it is well.</param>
    /// <param name="took">Since it was asked for.</param>
    /// <param name="dashboard">Where one is.</param>
    public void ShowReady(RunningPlanet planet, TimeSpan took, string? dashboard = null)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("region", "process", "port", "pid", "state");
        foreach (var geode in planet.Processes.GroupBy(p => p.Region))
        {
            var first = true;
            foreach (var process in geode)
            {
                table.AddRow(
                    first ? Markup.Escape(process.Region ?? "") : "", process.Role.ToString().ToLowerInvariant() + (process.Instance > 1 ? $" {process.Instance}" : ""),
                    process.Port.ToString(), process.Pid?.ToString() ?? "", $"[{Colour(process.State.ToString())}]{process.State.ToString().ToLowerInvariant()}[/]");
                first = false;
            }
        }
        lock (_lock)
        {
            _console.Write(table);
            _console.MarkupLine($"[green]{Geodes(planet.Planet)} healthy[/] after {took.TotalSeconds:0.0} s. Ctrl-C stops.");
            _console.MarkupLine($"  open      {planet.Router}");
            _console.MarkupLine($"  control   {planet.Control}planet");
            if (dashboard is not null)
                _console.MarkupLine($"  dashboard {Markup.Escape(dashboard)}");
        }
        _phase = Phase.Running;
    }

    public void ShowStopping(string why)
    {
        _phase = Phase.Stopping;
        Line($"[grey]Stopping ({Markup.Escape(why)})[/]");
    }

    public void ShowStopped(TimeSpan took) => Line($"[grey]Stopped after {took.TotalSeconds:0.0} s[/]");

    /// <summary>One line for bad input.</summary>
    public void ShowWrong(PlanetException wrong) => _errors.MarkupLine($"[red]{Markup.Escape(wrong.Message.ReplaceLineEndings(" "))}[/]");

    public void ShowFailed(ProcessFailedException failed)
    {
        _errors.MarkupLine($"[red]{Markup.Escape(failed.Message)}[/]");
        foreach (var line in failed.LastLines)
            _errors.MarkupLine($"  [grey]{Markup.Escape(LogLine.Parse(failed.Process, line, false).Text)}[/]");
    }

    private static string Geodes(Planet planet) => planet.Regions.Count == 1 ? "1 geode" : $"{planet.Regions.Count} geodes";

    private static string Some(IReadOnlyList<string> names) =>
        names.Count <= NamesShown ? string.Join(", ", names) : $"{string.Join(", ", names.Take(NamesShown))} and {names.Count - NamesShown} more";

    private void Line(string markup)
    {
        lock (_lock)
            _console.MarkupLine(markup);
    }

    // A file has neither colours nor a width at which lines break.
    private static IAnsiConsole For(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(writer), Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect });
        if (redirected)
            console.Profile.Width = WidthOfFiles;
        return console;
    }

    private static string Colour(string state) => state.ToLowerInvariant() switch
    {
        "healthy" or "up" or "none" or "serving" => "green",
        "starting" or "stopped" or "stopping" => "grey",
        "frozen" => "blue",
        "unhealthy" or "draining" => "yellow",
        _ => "red",
    };
}
