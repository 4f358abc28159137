using System.Diagnostics;

namespace Geode.TestKit;

/// <summary>What the operating system says about a process, as opposed to what the planet believes.</summary>
public static class OsProcess
{
    /// <summary>Whether it exists and is more than an exit code waiting to be read.</summary>
    public static bool Lives(int pid) => State(pid) is not (null or 'Z');

    /// <summary>Waits until the system has acted on a signal: sending it is not the same.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (!condition())
            await Task.Delay(5, patience.Token);
    }

    /// <summary>Whether it ignores SIGTERM, as Linux shows it: a mask of ignored signals in hex, SIGTERM being the 15th.</summary>
    public static bool IgnoresTermination(int pid) =>
        File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("SigIgn:", StringComparison.Ordinal)) is var line
        && (Convert.ToInt64(line["SigIgn:".Length..].Trim(), 16) & (1 << 14)) != 0;

    public static bool IsStopped(int pid) => State(pid) is 'T';

    // The state follows the name in parentheses, which may itself contain parentheses.
    private static char? State(int pid)
    {
        if (!OperatingSystem.IsLinux())
            return Process.GetProcesses().Any(p => p.Id == pid) ? 'R' : null;
        var file = $"/proc/{pid}/stat";
        try
        {
            var stat = File.ReadAllText(file);
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return null;
        }
    }
}
