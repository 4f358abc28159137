using System.Diagnostics;
using Geode.Control.Processes;
using Geode.TestKit;

namespace Geode.Control.Tests.Processes;

public sealed class OrphanGuardTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _ward = Process.Start("sleep", ["1000"]);

    public void Dispose()
    {
        _ward.Kill();
        _ward.Dispose();
    }

    [Fact]
    public async Task A_frozen_process_is_killed_when_the_pipe_ends_without_a_word()
    {
        UnixSignal.Stop(_ward.Id);
        using var guard = Process.Start(OrphanGuard.Shell(_ward.Id, "KILL"))!;

        // What the system does with our end of the pipe when we are killed.
        guard.StandardInput.Close();

        await _ward.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(128 + 9, _ward.ExitCode);
    }

    [Fact]
    public async Task Signals_to_the_group_do_not_take_the_guard_away()
    {
        using var guard = Process.Start(OrphanGuard.Shell(_ward.Id, "KILL"))!;
        await OsProcess.UntilAsync(() => OsProcess.IgnoresTermination(guard.Id));
        UnixSignal.Terminate(guard.Id);

        guard.StandardInput.Close();

        await _ward.WaitForExitAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task A_released_guard_ends_and_lets_the_process_be()
    {
        using var guard = Process.Start(OrphanGuard.Shell(_ward.Id, "KILL"))!;

        await guard.StandardInput.WriteLineAsync();

        await guard.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(OsProcess.Lives(_ward.Id));
    }
}
