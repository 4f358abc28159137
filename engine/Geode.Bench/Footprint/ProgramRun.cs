using System.Diagnostics;
using Geode.Control.Processes;

namespace Geode.Bench.Footprint;

/// <summary>A program that was started and says when it is ready. Disposing asks it to end and waits.</summary>
internal sealed class ProgramRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private Task _rest = Task.CompletedTask;

    private ProgramRun(Process process) => _process = process;

    /// <summary>From its start until it said that it is ready.</summary>
    public double Seconds { get; private set; }

    /// <summary>How it said so.</summary>
    public string Ready { get; private set; } = "";

    /// <param name="ready">Part of the line by which it says so.</param>
    /// <exception cref="BenchException">It ended before: with all that it said.</exception>
    public static async Task<ProgramRun> StartAsync(ProgramDescription program, string ready, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var start = new ProcessStartInfo(program.Command[0], program.Command.Skip(1)) { WorkingDirectory = program.Folder, RedirectStandardOutput = true };
        var run = new ProgramRun(Process.Start(start)!);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        var said = new List<string>();
        try
        {
            while (await run._process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                said.Add(line);
                if (!line.Contains(ready, StringComparison.Ordinal))
                    continue;
                (run.Seconds, run.Ready) = (clock.Elapsed.TotalSeconds, line);
                run._rest = run._process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return run;
            }
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
        throw new BenchException($"{program.Name} ended before it was ready:\n{string.Join('\n', said)}");
    }

    public async ValueTask DisposeAsync()
    {
        // The command that started it passes this on.
        UnixSignal.Terminate(_process.Id);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _rest;
        _process.Dispose();
    }
}
