using System.Diagnostics;

namespace Geode.Hosting.Processes;

/// <summary>The system's own table of processes.</summary>
internal static class ProcessTable
{
    private const char Zombie = 'Z';

    /// <returns>False: it has ended by itself.</returns>
    public static bool Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Whether it has not ended.</summary>
    public static bool Exists(int pid)
    {
        // What has ended stays in the table until its parent has looked; to everybody else it still exists.
        if (OperatingSystem.IsLinux())
            return IsAlive(pid);
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // Whether it exists and is more than an exit code waiting to be read.
    private static bool IsAlive(int pid)
    {
        try
        {
            // The state follows the name in parentheses, which may itself contain parentheses.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] != Zombie;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
