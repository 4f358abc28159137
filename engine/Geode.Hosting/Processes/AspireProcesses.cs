using Aspire.Hosting.ApplicationModel;
using Geode.Control;
using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Hosting.Processes;

/// <summary>The planet's processes as Aspire runs them.</summary>
/// <param name="planet">They are of.</param>
/// <param name="all">Those there are.</param>
/// <param name="commands">Aspire's own start and stop.</param>
/// <param name="logs">What the processes wrote.</param>
internal sealed class AspireProcesses(
    PlanetResource planet, IReadOnlyList<AspireProcess> all, ResourceCommandService commands, ResourceLoggerService logs) : IPlanetProcesses
{
    private const int LastLines = 20;

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(4);

    // As long as a request may take.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private volatile IReadOnlyList<AspireProcess> _all = [.. all.Where(p => !p.IsFurther)];

    public IReadOnlyList<IPlanetProcess> All => _all;

    public bool CanFreeze => UnixSignal.Available;

    public async Task<IReadOnlyList<IPlanetProcess>> StartAsync(IReadOnlyList<IPlanetProcess> members, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(StartLimit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        List<AspireProcess> own = [.. members.Cast<AspireProcess>().OrderBy(p => p.Role != ProcessRole.Backplane)];
        try
        {
            return await StartAsync(own, either);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var late = own.FirstOrDefault(p => p.State != ProcessState.Healthy) ?? own[0];
            throw new ProcessFailedException(late.Resource.Name, $"was not healthy within {StartLimit.TotalSeconds:0} s", await LastLinesAsync(late));
        }
    }

    /// <summary>Aspire's model of an application is complete before it runs.</summary>
    public IReadOnlyList<IPlanetProcess> Add(Planet planet, Region region, long version) => throw new NotSupportedException(
        $"Under Aspire no region joins while the planet runs: an app model is complete before it starts. Stop it and start it with --regions {string.Join(',', planet.RegionNames)} "
        + "(its data stays), or run it by 'dotnet run --project engine/Geode.Local', where regions come and go.");

    /// <summary>It is in the model already, and from now on one of the planet's.</summary>
    public IPlanetProcess AddInstance(Planet planet, Region region, int instance)
    {
        var process = all.FirstOrDefault(p => p.Region == region.Name && p.IsFurther && p.Instance == instance) ?? throw new PlanetException(
            $"There is no instance {instance} of {region.Name}: under Aspire a geode has at most {planet.Scale.MostOf(region)} instances (scale.localMost, maxReplicas).");
        lock (_lock)
            _all = [.. _all, process];
        return process;
    }

    public async Task StopAsync(IReadOnlyList<IPlanetProcess> members, CancellationToken cancellationToken)
    {
        List<AspireProcess> own = [.. members.Cast<AspireProcess>()];
        if (!UnixSignal.Available)
        {
            foreach (var process in own)
                await CommandAsync(process, KnownResourceCommands.StopCommand, cancellationToken);
            return;
        }
        var ended = Task.WhenAll(own.Select(p => p.EndAsync()));
        await Task.WhenAny(ended, Task.Delay(EndLimit, cancellationToken));
        if (!ended.IsCompleted)
            await Task.WhenAll(own.Select(p => p.KillAsync(cancellationToken)));
        await ended.WaitAsync(cancellationToken);
    }

    public async Task RemoveAsync(IReadOnlyList<IPlanetProcess> members)
    {
        List<AspireProcess> own = [.. members.Cast<AspireProcess>()];
        await StopAsync([.. own.Where(p => p.IsFurther && p.Snapshot().Pid is not null)], CancellationToken.None);
        foreach (var process in own.Where(p => !p.IsFurther))
        {
            process.ExpectEnd();
            if (process.Snapshot().Pid is not null)
                await CommandAsync(process, KnownResourceCommands.StopCommand, CancellationToken.None);
        }
        lock (_lock)
            _all = [.. _all.Except(own)];
        foreach (var replica in own.Where(p => p.Role == ProcessRole.Backplane))
            DataFolder.DeleteReplica(planet.Choice.DataFolder, replica.Region!);
    }

    /// <summary>Services, then replicas, then the router: each asked to end, and killed when it has not by half of what is left of the
    /// time. On Windows, where nobody can be asked, Aspire ends them.</summary>
    public Task StopAsync()
    {
        foreach (var process in _all)
            process.ExpectEnd();
        return OrderedStop.RunAsync(StopLimit, TimeProvider.System, async (roles, within) =>
        {
            List<AspireProcess> members = [.. _all.Where(p => roles.Contains(p.Role))];
            var ended = Task.WhenAll(members.Select(p => p.TerminateAsync()));
            await Task.WhenAny(ended, Task.Delay(within));
            // Aspire has to notice their end, too.
            if (!ended.IsCompleted)
                await Task.WhenAny(Task.WhenAll(members.Select(p => p.KillAsync(CancellationToken.None))), Task.Delay(within / 2));
        });
    }

    private async Task<IReadOnlyList<IPlanetProcess>> StartAsync(IReadOnlyList<AspireProcess> own, CancellationTokenSource end)
    {
        await Task.WhenAll(own.Select(p => p.NoticedAsync(end.Token)));
        // Others may be starting one at this moment: whoever was told, and whoever sees to it that what died runs again.
        var claimed = own.Where(p => p.ClaimStart()).ToList();
        List<AspireProcess> started = [.. claimed];
        // Waited for before they are started: one may end at once.
        List<Task> waits = [.. own.Select(StartedAsync)];
        try
        {
            foreach (var process in claimed)
                await CommandAsync(process, KnownResourceCommands.StartCommand, end.Token);
            await foreach (var wait in Task.WhenEach(waits))
                await wait;
            return [.. started];
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(waits).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var process in started)
                process.ReleaseStart();
        }

        // One that was about to end when this was called is down as well.
        async Task StartedAsync(AspireProcess process)
        {
            try
            {
                await HealthyAsync(process, end.Token);
            }
            catch (ProcessFailedException) when (!claimed.Contains(process))
            {
                var healthy = HealthyAsync(process, end.Token);
                if (process.ClaimStart())
                {
                    lock (started)
                        started.Add(process);
                    await CommandAsync(process, KnownResourceCommands.StartCommand, end.Token);
                }

                await healthy;
            }
        }
    }

    private async Task CommandAsync(AspireProcess process, string command, CancellationToken cancellationToken)
    {
        var done = await commands.ExecuteCommandAsync(process.Resource, command, cancellationToken);
        if (!done.Success)
            throw new ProcessFailedException(process.Resource.Name, $"cannot be told to {command}: {done.Message}", await LastLinesAsync(process));
    }

    private async Task HealthyAsync(AspireProcess process, CancellationToken cancellationToken)
    {
        try
        {
            await process.HealthyAsync(cancellationToken);
        }
        catch (ProcessFailedException failed) when (failed.LastLines.Count == 0)
        {
            throw new ProcessFailedException(failed.Process, failed.Message[(failed.Process.Length + 1)..], await LastLinesAsync(process), failed);
        }
    }

    private async Task<IReadOnlyList<string>> LastLinesAsync(AspireProcess process)
    {
        List<string> lines = [];
        await foreach (var some in logs.GetAllAsync(process.Resource))
            lines.AddRange(some.Select(line => line.Content));
        return [.. lines.TakeLast(LastLines)];
    }
}
