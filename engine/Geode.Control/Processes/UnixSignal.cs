using System.Runtime.InteropServices;

namespace Geode.Control.Processes;

/// <summary>Sends signals with kill(2); .NET itself can only send SIGKILL.</summary>
public static class UnixSignal
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    // Linux and macOS number these two differently.
    private static readonly int SigStop = OperatingSystem.IsLinux() ? 19 : 17;
    private static readonly int SigContinue = OperatingSystem.IsLinux() ? 18 : 19;

    /// <summary>Whether processes can be signalled here at all: everywhere but on Windows.</summary>
    public static bool Available => !OperatingSystem.IsWindows();

    public static bool Kill(int pid) => Send(pid, SigKill);
    public static bool Terminate(int pid) => Send(pid, SigTerm);
    public static bool Stop(int pid) => Send(pid, SigStop);
    public static bool Continue(int pid) => Send(pid, SigContinue);

    private static bool Send(int pid, int signal) => pid > 0 && SendSignal(pid, signal) == 0;

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int pid, int signal);
}
