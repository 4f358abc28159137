using System.Diagnostics;
using System.Globalization;

namespace Geode.Control.Processes;

/// <summary>Ends a process that cannot notice by itself that we died: because it is frozen, or because it is not ours. A shell waits
/// on a pipe from us, and sends the signal when the pipe ends without a word.</summary>
public sealed class OrphanGuard : IDisposable
{
    // What is meant for the whole process group must not take the guard before its ward.
    private const string Script = "trap '' INT TERM HUP; read released || kill -s \"$0\" \"$1\"";

    private readonly Process _shell;

    private OrphanGuard(Process shell) => _shell = shell;

    /// <param name="pid">The process to end.</param>
    /// <param name="signal">As kill(1) names it: <c>KILL</c>, <c>TERM</c>.</param>
    public static OrphanGuard Over(int pid, string signal) => new(Process.Start(Shell(pid, signal))!);

    internal static ProcessStartInfo Shell(int pid, string signal) =>
        new("/bin/sh", ["-c", Script, signal, pid.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardInput = true };

    /// <summary>Lets the process be: it was thawed, or is gone.</summary>
    public void Dispose()
    {
        try
        {
            _shell.StandardInput.WriteLine();
            _shell.StandardInput.Close();
        }
        catch (IOException)
        {
            // Somebody ended the shell; there is nothing left to release.
        }
        _shell.Dispose();
    }
}
