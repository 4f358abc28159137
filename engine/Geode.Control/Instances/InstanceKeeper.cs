using System.Collections.Concurrent;
using System.Threading.Channels;
using Geode.Control.Events;
using Geode.Control.Faults;
using Geode.Control.Ports;
using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Control.Instances;

/// <summary>Sees to it that one geode has the instances it is to have: starts more, starts again what died, and takes away what is too many
/// without a request noticing: the router is told first.</summary>
internal sealed partial class InstanceKeeper(
    GeodeInstances geode, LivePlanet planet, IPlanetProcesses processes, RouterAdmin router, Timeline timeline, TimeProvider time)
{
    private const string Kind = "scale";

    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DrainLook = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(10);

    private readonly Channel<bool> _wanted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _telling = new(1);
    private readonly SemaphoreSlim _stopping = new(1);
    private readonly Backoff _crashes = new(time);
    private readonly Backoff _failures = new(time);
    private readonly HashSet<string> _leaving = [];
    private readonly ConcurrentDictionary<CancellationTokenSource, int> _starting = new();
    private long? _againAt;
    private IReadOnlyList<string>? _told;
    private string? _said;
    private bool _looksAgain;

    /// <summary>The processes of its Api.</summary>
    public IReadOnlyList<IPlanetProcess> Instances =>
        [.. processes.All.Where(p => p.Snapshot() is { Role: ProcessRole.Api } known && known.Region == geode.Region)];

    /// <summary>Something changed that may need something done.</summary>
    public void Look() => _wanted.Writer.TryWrite(true);

    /// <summary>What is being started is not to be any more where the geode is held; in its other zones it goes on.</summary>
    public void Interrupt()
    {
        foreach (var (starting, _) in _starting.Where(s => geode.Holds(s.Value)))
        {
            try
            {
                starting.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // That start is over.
            }
        }
    }

    /// <summary>Somebody makes the geode whole, and waits until each of its processes is healthy: until that is over none is stopped as one too
    /// many.</summary>
    public async Task<IDisposable> WithoutStopsAsync(CancellationToken cancellationToken)
    {
        await _stopping.WaitAsync(cancellationToken);
        return new Turn(_stopping);
    }

    /// <summary>The router has forgotten what it was told.</summary>
    public void TellAnew()
    {
        _told = null;
        Look();
    }

    /// <summary>Until the planet ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in _wanted.Reader.ReadAllAsync(cancellationToken))
                await TryKeepAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The planet stops, or the region leaves it.
        }
    }

    private async Task TryKeepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await KeepAsync(cancellationToken);
        }
        catch (Exception e) when (e is ControlException or ProcessFailedException or PlanetException)
        {
            Failed(e, cancellationToken);
        }
    }

    // Said once, and tried again and again.
    private void Failed(Exception why, CancellationToken cancellationToken)
    {
        if (_said != why.Message)
            timeline.Add(Kind, geode.Region, null, "failed", $"{geode.Region}: {_said = why.Message}");
        LookAgain(cancellationToken);
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        while (geode is { Begun: true, Held: false })
        {
            // Who died is asked no more.
            await TellAsync(cancellationToken);
            var (target, why) = geode.Target();
            var instances = Instances;
            var step = InstanceStep.Next([.. instances.Select(p => p.Snapshot()).Where(p => !geode.Holds(p.Instance))], geode.Asleep, target, geode.Zones);
            if (step.Again.Count + step.New > 0)
                await StartAsync(Of(step.Again), step.New, target, why, cancellationToken);
            else if (step.Stop.Count > 0)
                await StopAsync(Of(step.Stop), target, why, cancellationToken);
            else if (step.Forget.Count > 0)
                await processes.RemoveAsync(Of(step.Forget));
            else if (target == 0 && !geode.Asleep)
                await SleepAsync(why, cancellationToken);
            else
                return;

            IReadOnlyList<IPlanetProcess> Of(IReadOnlyList<string> names) => [.. instances.Where(p => names.Contains(p.Snapshot().Name))];
        }
        // A geode that somebody broke is down and does not sleep: nobody is to wait for it.
        if (geode is { Held: true, Asleep: true })
        {
            geode.Asleep = false;
            await TellAsync(cancellationToken);
        }
    }

    private async Task StopAsync(IReadOnlyList<IPlanetProcess> members, int target, string why, CancellationToken cancellationToken)
    {
        var names = members.Select(p => p.Snapshot().Name).ToList();
        _leaving.UnionWith(names);
        try
        {
            // Only once nobody is sent there any more may it end.
            await TellAsync(cancellationToken, mustHear: true, asleep: target == 0);
            await DrainedAsync([.. members.Select(Address)], cancellationToken);
            using var turn = await WithoutStopsAsync(cancellationToken);
            if (geode.Target().Count >= Instances.Count(p => !geode.Holds(p.Snapshot().Instance)) || geode.Held)
                return;
            await processes.StopAsync(members, cancellationToken);
            await processes.RemoveAsync([.. members.Where(p => p.Snapshot().Instance > geode.Zones)]);
        }
        finally
        {
            _leaving.ExceptWith(names);
        }
        if (target == 0)
            await SleepAsync(why, cancellationToken);
        else
            timeline.Add(Kind, geode.Region, null, "down", $"{geode.Region} has {Count(target)}: {why}");
    }

    private async Task SleepAsync(string why, CancellationToken cancellationToken)
    {
        geode.Asleep = true;
        await TellAsync(cancellationToken);
        timeline.Add(Kind, geode.Region, null, "asleep", $"{geode.Region} sleeps: {why}");
    }

    /// <summary>Tells the router who serves, if it does not know. One that does not answer is told when it comes back.</summary>
    /// <param name="mustHear">The router has to have heard it.</param>
    /// <exception cref="ControlException">It has to, and refuses or does not answer.</exception>
    private async Task TellAsync(CancellationToken cancellationToken, bool mustHear = false, bool? asleep = null)
    {
        await _telling.WaitAsync(cancellationToken);
        try
        {
            if (planet.Now.Find(geode.Region) is not { } region)
                return;
            string[] known = [PlanetPorts.Loopback(planet.Now.Ports.Api(region))];
            IReadOnlyList<string> serving = asleep ?? geode.Asleep ? [] : [.. Instances.Where(IsThere).Select(Address)];
            // Nobody left, but not because nobody is needed: the router finds out by itself that the geode is down.
            if (serving.Count == 0 && !(asleep ?? geode.Asleep))
                serving = _told is [] ? known : _told ?? known;
            if (serving.SequenceEqual(_told ?? known))
                return;
            if (await router.TellInstancesAsync(geode.Region, serving, cancellationToken))
                (_told, _said) = (serving, null);
            else if (mustHear)
                throw new ControlException(502, $"The router does not answer, so no instance of {geode.Region} is stopped.");
            else
                LookAgain(cancellationToken);
        }
        catch (ControlException refused) when (!mustHear)
        {
            // No reason not to start again what has died.
            Failed(refused, cancellationToken);
        }
        finally
        {
            _telling.Release();
        }

        bool IsThere(IPlanetProcess process) => process.Snapshot() is { Pid: not null, State: not ProcessState.Starting } known && !_leaving.Contains(known.Name);
    }

    // What it was given before the router was told, it still answers.
    private async Task DrainedAsync(IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        do
        {
            await Task.Delay(DrainLook, time, cancellationToken);
            var loads = await router.LoadsAsync(cancellationToken);
            if (loads?.GetValueOrDefault(geode.Region)?.InFlightAt(addresses) is null or 0)
                return;
        }
        while (time.GetElapsedTime(begun) < DrainLimit);
    }

    // One look is enough, however many want it.
    private void LookAgain(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _looksAgain, true))
            return;
        _ = WaitAndLookAsync();

        async Task WaitAndLookAsync()
        {
            await Task.Delay(_failures.Next() + AgainAfter, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Volatile.Write(ref _looksAgain, false);
            Look();
        }
    }

    private sealed class Turn(SemaphoreSlim taken) : IDisposable
    {
        public void Dispose() => taken.Release();
    }

    private static string Address(IPlanetProcess process) => PlanetPorts.Loopback(process.Snapshot().Port);

    private static string Count(int instances) => instances == 1 ? "1 instance" : $"{instances} instances";
}
