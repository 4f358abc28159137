using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Local.Processes;

/// <summary>One run of an operating-system process: its pipes, its signals, its end.</summary>
internal sealed class ChildProcess
{
    // A grandchild may keep the pipes open after the process is gone.
    private static readonly TimeSpan LastOutput = TimeSpan.FromSeconds(1);

    private readonly Process _process;

    private ChildProcess(Process process, Action<string, bool> onLine)
    {
        _process = process;
        Id = process.Id;
        Exit = ReadUntilExitAsync(onLine);
    }

    public int Id { get; }

    /// <summary>The exit code, once the process has ended and its last output is read. 128 + n: ended by signal n.</summary>
    public Task<int> Exit { get; }

    /// <param name="spec">What to run.</param>
    /// <param name="onLine">Called for each line of output; true: from standard error.</param>
    /// <exception cref="ProcessFailedException">The executable cannot be started.</exception>
    public static ChildProcess Start(ProcessSpec spec, Action<string, bool> onLine)
    {
        var start = new ProcessStartInfo(spec.Command[0], spec.Command.Skip(1))
        {
            WorkingDirectory = spec.Folder ?? "",
            // The child ends when this pipe does: however we end, the system closes it.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        ChildEnvironment.Apply(start.Environment, spec.Environment);
        start.Environment[PlanetEnvironment.Parent] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        try
        {
            return new(Process.Start(start)!, onLine);
        }
        catch (Win32Exception e)
        {
            throw new ProcessFailedException(spec.Name, $"cannot be started: {e.Message}", [], e);
        }
    }

    public bool Kill() => Signal(UnixSignal.Kill, () => _process.Kill());

    /// <summary>Asks it to end. Where there is no SIGTERM, the end of its standard input says the same.</summary>
    public bool Terminate() => Signal(UnixSignal.Terminate, _process.StandardInput.Close);

    public bool Freeze() => Signal(UnixSignal.Stop, () => throw new PlatformNotSupportedException());

    public bool Thaw() => Signal(UnixSignal.Continue, () => throw new PlatformNotSupportedException());

    private bool Signal(Func<int, bool> send, Action elsewhere)
    {
        if (_process.HasExited)
            return false;
        if (UnixSignal.Available)
            return send(Id);
        elsewhere();
        return true;
    }

    private async Task<int> ReadUntilExitAsync(Action<string, bool> onLine)
    {
        var output = Task.WhenAll(
            PumpAsync(_process.StandardOutput, line => onLine(line, false)),
            PumpAsync(_process.StandardError, line => onLine(line, true)));
        await _process.WaitForExitAsync();
        await Task.WhenAny(output, Task.Delay(LastOutput));
        return _process.ExitCode;
    }

    private static async Task PumpAsync(StreamReader reader, Action<string> onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
            onLine(line);
    }
}
