namespace Geode.Hosting.Processes;

/// <summary>The system's own table of processes, on Linux.</summary>
internal static class ProcessTable
{
    private const char Zombie = 'Z';

    /// <summary>Whether it exists and is more than an exit code waiting to be read.</summary>
    public static bool IsAlive(int pid)
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
