using System.Globalization;

namespace Geode.Control.Terminal;

/// <summary><c>dotnet run</c> passes signals on, but SIGKILL it cannot: then this process would run on unseen. Its parent's pid, which
/// changes when the parent ends, tells. Linux only; elsewhere, and under any other parent, nothing is watched.</summary>
public sealed class LauncherWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Timer _timer;

    private LauncherWatch(int launcher, Action onEnded) => _timer = new(
        _ =>
        {
            if (ParentPid() != launcher)
                onEnded();
        },
        null, Interval, Interval);

    /// <returns>Null when this process was not started by <c>dotnet run</c> or <c>dotnet watch</c>.</returns>
    public static LauncherWatch? Start(Action onEnded) =>
        OperatingSystem.IsLinux() && ParentPid() is { } parent && CommandLineOf(parent) is { } command && IsLauncher(command)
            ? new(parent, onEnded)
            : null;

    public void Dispose() => _timer.Dispose();

    /// <param name="commandLine">As <c>/proc</c> shows it: arguments that each end in a NUL.</param>
    internal static bool IsLauncher(string commandLine)
    {
        var words = commandLine.Split('\0');
        return Path.GetFileNameWithoutExtension(words[0]) == "dotnet" && words.Skip(1).Take(2).Any(w => w is "run" or "watch");
    }

    // Null in a container, whose first process has no parent that it could see, and where processes are hidden from each other.
    private static string? CommandLineOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int? ParentPid()
    {
        var line = File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("PPid:", StringComparison.Ordinal));
        return int.TryParse(line?["PPid:".Length..], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var pid) ? pid : null;
    }
}
