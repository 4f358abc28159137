using System.Collections.Concurrent;
using Geode.Control.Ports;
using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Control.Instances;

// Starting more instances, and again those that died.
internal sealed partial class InstanceKeeper
{
    private async Task StartAsync(IReadOnlyList<IPlanetProcess> again, int more, int target, string why, CancellationToken cancellationToken)
    {
        var died = again.Select(p => p.Snapshot()).Where(p => p.State != ProcessState.Stopped).ToList();
        if (died.Count > 0 && !await WaitedAsync(cancellationToken))
            return;
        if (geode.Held)
            return;
        var (begun, slept) = (time.GetTimestamp(), geode.Asleep);
        var added = Add(more);
        var started = new ConcurrentDictionary<string, bool>();
        await Task.WhenAll(again.Concat(added).Select(StartAsync));
        if (geode.Held || started.IsEmpty)
            return;
        if (geode.Woke() is { } waited)
            timeline.Add(Kind, geode.Region, null, "awake", $"{geode.Region} is awake, {waited.TotalMilliseconds:N0} ms after {why}", waited.TotalMilliseconds);
        else if (slept)
            timeline.Add(Kind, geode.Region, null, "awake", $"{geode.Region} is awake with {Count(target)}: {why}", time.GetElapsedTime(begun).TotalMilliseconds);
        else if (more > 0 || died.Count < again.Count)
            timeline.Add(Kind, geode.Region, null, "up", $"{geode.Region} has {Count(target)}: {why}", time.GetElapsedTime(begun).TotalMilliseconds);
        foreach (var process in died.Where(p => started.ContainsKey(p.Name)))
            timeline.Add(Kind, geode.Region, process.Name, "restarted", $"{process.Name} runs again after it had {(process.State == ProcessState.Killed ? "been killed" : "exited")}");

        async Task StartAsync(IPlanetProcess process)
        {
            using var starting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var instance = process.Snapshot().Instance;
            _starting[starting] = instance;
            try
            {
                // Somebody broke its zone since it was chosen. Who does so from now on interrupts the start.
                if (geode.Holds(instance))
                    return;
                await processes.StartAsync([process], starting.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                if (geode.Holds(instance))
                    await process.KillAsync(cancellationToken);
                return;
            }
            catch (ProcessFailedException) when (added.Contains(process))
            {
                await processes.RemoveAsync([process]);
                throw;
            }
            finally
            {
                _starting.TryRemove(starting, out _);
            }
            started[process.Snapshot().Name] = true;
            geode.Asleep = false;
            await TellAsync(cancellationToken);
        }
    }

    // One that keeps ending is waited for. Meanwhile others may come and go, and the router is to know.
    private async Task<bool> WaitedAsync(CancellationToken cancellationToken)
    {
        var left = TimeSpan.FromTicks((_againAt ??= After(_crashes.Next())) - Now());
        if (left > TimeSpan.Zero)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var news = _wanted.Reader.WaitToReadAsync(over.Token).AsTask();
            var waited = await Task.WhenAny(Task.Delay(left, time, over.Token), news);
            await over.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            if (waited == news)
            {
                _wanted.Reader.TryRead(out _);
                return false;
            }
        }
        _againAt = null;
        return true;

        long Now() => time.GetElapsedTime(0).Ticks;

        long After(TimeSpan wait) => Now() + wait.Ticks;
    }

    private List<IPlanetProcess> Add(int more)
    {
        var (now, region) = (planet.Now, planet.Now.Region(geode.Region));
        var taken = Instances.Select(p => p.Snapshot().Instance).ToHashSet();
        var most = PlanetPorts.MostInstancesOf(region);
        var free = Enumerable.Range(2, most - 1).Where(n => !taken.Contains(n) && !geode.Holds(n) && IsFree(now.Ports.Api(region, n))).Take(more).ToList();
        return free.Count == more
            ? [.. free.Select(number => processes.AddInstance(now, region, number))]
            : throw new PlanetException($"There is no free port for another instance (from {now.Ports.Api(region, 2)} to {now.Ports.Api(region, most)}).");

        static bool IsFree(int port) => port <= ushort.MaxValue && FreePorts.IsFree(port);
    }
}
