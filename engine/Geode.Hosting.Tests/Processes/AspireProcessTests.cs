using Aspire.Hosting.ApplicationModel;
using Geode.Control.Events;
using Geode.Control.Processes;
using Geode.Hosting.Processes;
using Geode.TestKit;

namespace Geode.Hosting.Tests.Processes;

/// <summary>Aspire's news of a run may come late, twice or between those of the next one.</summary>
public sealed class AspireProcessTests : IDisposable
{
    // Of processes that are not in the system's table.
    private const int First = int.MaxValue;
    private const int Second = int.MaxValue - 1;

    private static readonly int Alive = Environment.ProcessId;
    private static readonly DateTime Before = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Now = Before.AddSeconds(5);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly ManualTime _time = new();
    private readonly HealthProbe _probe = new();
    private readonly AspireProcess _process;

    public AspireProcessTests()
    {
        var member = new PlanetMember("api-eastus", ProcessRole.Api, null, 1, new("http://127.0.0.1:1/"), new Dictionary<string, string>(), []);
        _process = new(new ProjectResource("api-eastus"), member, _probe, new Timeline(_time), _time);
    }

    public void Dispose()
    {
        _process.Dispose();
        _probe.Dispose();
    }

    [Fact]
    public void What_is_said_to_run_and_does_not_is_no_start_when_it_is_the_run_before()
    {
        RanAndEnded();
        var healthy = _process.HealthyAsync(CancellationToken.None);

        Hear(KnownResourceStates.Starting, First);
        Hear(KnownResourceStates.Running, First);
        Assert.Equal(ProcessState.Exited, _process.State);
        Hear(KnownResourceStates.Running, Alive);

        Assert.Equal((ProcessState.Starting, Alive), (_process.State, _process.Snapshot().Pid));
        Assert.False(healthy.IsCompleted);
    }

    [Fact]
    public void A_late_word_of_the_run_before_does_not_end_the_next()
    {
        RanAndEnded();
        Hear(KnownResourceStates.Starting, First);
        Hear(KnownResourceStates.Running, Alive);
        Hear(KnownResourceStates.Running, First);
        Hear(KnownResourceStates.Exited, First);

        Assert.Equal((ProcessState.Starting, Alive), (_process.State, _process.Snapshot().Pid));
    }

    [Fact]
    public async Task The_end_of_the_run_before_is_not_that_of_the_next_which_had_no_pid_yet()
    {
        RanAndEnded();
        var healthy = _process.HealthyAsync(CancellationToken.None);
        Hear(KnownResourceStates.Starting, First);
        Hear(KnownResourceStates.Exited, First);

        Hear(KnownResourceStates.Running, Alive);
        _time.Advance(Long);
        await Task.Yield();

        Assert.False(healthy.IsCompleted);
        Assert.Equal(ProcessState.Starting, _process.State);
    }

    [Theory]
    [InlineData(Second)]
    [InlineData(null)]
    public async Task One_that_ended_before_anybody_saw_it_run_has_ended_at_once(int? pid)
    {
        RanAndEnded();
        var healthy = _process.HealthyAsync(CancellationToken.None);

        Hear(KnownResourceStates.Starting, First);
        _process.Observe(new(KnownResourceStates.FailedToStart, pid, Now, 3));

        Assert.Contains("exited with code 3", (await Assert.ThrowsAsync<ProcessFailedException>(() => healthy)).Message);
    }

    [Fact]
    public async Task One_that_fails_twice_within_a_second_has_failed_twice()
    {
        for (var turn = 0; turn < 2; turn++)
        {
            var healthy = _process.HealthyAsync(CancellationToken.None);
            Hear(KnownResourceStates.Starting, pid: null);
            _process.Observe(new(KnownResourceStates.FailedToStart, null, Now, null));
            _time.Advance(Long);
            await Assert.ThrowsAsync<ProcessFailedException>(() => healthy.WaitAsync(TimeSpan.FromMinutes(1)));
        }
    }

    [Fact]
    public void One_that_Aspire_lost_and_found_again_is_the_same_run()
    {
        Hear(KnownResourceStates.Running, Alive);
        Hear("Unknown", Alive);
        Assert.Equal(ProcessState.Exited, _process.State);
        Hear(KnownResourceStates.Running, Alive);
        Assert.Equal((ProcessState.Starting, Alive), (_process.State, _process.Snapshot().Pid));
    }

    private void RanAndEnded()
    {
        _process.Observe(new(KnownResourceStates.Running, First, Before, null));
        _process.Observe(new(KnownResourceStates.Exited, First, Before, 137));
        Assert.Equal(ProcessState.Exited, _process.State);
    }

    private void Hear(string state, int? pid) => _process.Observe(new(state, pid, Before, null));
}
