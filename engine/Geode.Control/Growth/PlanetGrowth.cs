using Geode.Control.Events;
using Geode.Control.Faults;
using Geode.Control.Instances;
using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Control.Growth;

/// <summary>Adds regions to a planet that serves, and takes them out of it. One change at a time.</summary>
internal sealed class PlanetGrowth(
    LivePlanet planet, IPlanetProcesses processes, ReplicaFaults replicas, RouterAdmin router, PlanetInstances instances, Timeline timeline,
    TimeProvider time)
{
    private static readonly TimeSpan HandOverLimit = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Starts a geode more. Its replica first copies what the others have; then they follow it, its services start, and the
    /// router sends it traffic.</summary>
    /// <exception cref="ControlException">400: no such Azure region; 409: it is there already, one of its ports is taken, or the planet has stamps or attachments.</exception>
    public Task<RegionsView> AddAsync(string name, CancellationToken cancellationToken) => OneAtATimeAsync(cancellationToken, async () =>
    {
        var start = time.GetTimestamp();
        var before = planet.Now;
        RefuseFixed(before);
        if (before.RegionNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            throw new ControlException(409, $"'{name}' is a region of this planet already.", before.RegionNames);
        var after = Adding(before, name);
        var region = after.Regions[^1];
        var version = await replicas.HighestVersionAsync(cancellationToken) + 1;
        var members = Joining(after, region, version);
        try
        {
            await processes.StartAsync([.. members.Where(p => p.Snapshot().Role == ProcessRole.Backplane)], cancellationToken);
            planet.Become(after);
            replicas.Grow(after);
            await replicas.TellRegionsAsync(after, version, cancellationToken);
            await processes.StartAsync(members, cancellationToken);
        }
        catch
        {
            planet.Become(before);
            replicas.Grow(before);
            await replicas.TellRegionsAsync(before, version + 1, CancellationToken.None);
            await processes.RemoveAsync(members);
            throw;
        }

        // Whoever asked may leave now: a region that the router does not know would be half of one.
        await router.ReloadAsync(CancellationToken.None);
        instances.TellAnew();
        var took = time.GetElapsedTime(start).TotalMilliseconds;
        timeline.Add("planet", region.Name, null, "added", $"{region.Name} joined the planet, {took:N0} ms after it was asked for", took);
        return new RegionsView("added", region.Name, after.RegionNames, version, null);
    });

    /// <summary>Ends a geode for good. Before that it takes no more writes, and the others get every write it has acknowledged; when
    /// they cannot, nothing is changed, unless forced.</summary>
    /// <exception cref="ControlException">409: the last region, what would be lost, or the planet has stamps or attachments.</exception>
    public Task<RegionsView> RemoveAsync(string name, bool force, CancellationToken cancellationToken) => OneAtATimeAsync(cancellationToken, async () =>
    {
        var before = planet.Now;
        RefuseFixed(before);
        if (before.Regions.Count == 1)
            throw new ControlException(409, $"'{name}' is the planet's only region.");
        var after = before.Removing(name);
        // As in Azure.
        if (await replicas.WriterAsync(cancellationToken) == name)
            throw new ControlException(409, $"{name} is the planet's write region. Fail over to another one first: PUT /_backplane/failover with {{\"to\": \"…\"}} on a replica's account port.", after.RegionNames);
        var (outage, drained) = (replicas.Outages.GetValueOrDefault(name, ReplicaFaults.NoOutage), router.IsDrained(name));
        string? lost;
        instances.Leave(name);
        try
        {
            await router.TryDrainAsync(name, cancellationToken);
            lost = await HandOverAsync(name, cancellationToken);
            if (lost is not null && !force)
                throw new ControlException(409, $"{lost} To remove it all the same: DELETE /planet/regions/{name}?force=true.", lost: lost);
        }
        catch
        {
            // Also when whoever asked has left: the region stays, and serves.
            await replicas.TryOutageAsync(name, outage, CancellationToken.None);
            if (!drained)
                await router.TryUndrainAsync(name, CancellationToken.None);
            instances.Stay(name);
            throw;
        }

        // From here on it goes, whoever still waits for it.
        var version = await replicas.HighestVersionAsync(CancellationToken.None) + 1;
        planet.Become(after);
        await router.ReloadAsync(CancellationToken.None);
        instances.Forget(name);
        instances.TellAnew();
        // With all that it had: a region of that name that comes later must not begin with what this one had, as the others forget what
        // it does not know.
        await processes.RemoveAsync([.. processes.All.Where(p => p.Snapshot().Region == name)]);
        replicas.Grow(after);
        await replicas.TellRegionsAsync(after, version, CancellationToken.None);
        timeline.Add("planet", name, null, "removed", $"{name} left the planet{(lost is null ? "" : ", with writes that no other region may have")}");
        return new RegionsView("removed", name, after.RegionNames, version, lost);
    });

    private static void RefuseFixed(Planet planet)
    {
        if (planet.Attachments is not null)
            throw new ControlException(409, "Each region of this planet has its attachments copied to another one, and which that is stays the same while it serves. Stop the planet, change regions in geode.json, and start it again.");
        if (planet.Stamps.Count > 0)
            throw new ControlException(409, "Each region of this planet is in a stamp, and a stamp's regions stay the same while it serves. Stop the planet, change regions and stamps in geode.json, and start it again.");
    }

    // What would be lost, or null.
    private async Task<string?> HandOverAsync(string name, CancellationToken cancellationToken)
    {
        if (!await replicas.TryOutageAsync(name, "draining", cancellationToken))
            return $"The replica of {name} does not answer: what it acknowledged and no other region has is lost with it. Revive it first.";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(HandOverLimit);
        IReadOnlyDictionary<string, long> missing = new Dictionary<string, long>();
        try
        {
            while ((missing = await replicas.MissingAsync(name, limit.Token)).Count > 0)
                await Task.Delay(100, limit.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Out of time; what is missing was last seen a moment ago.
        }

        // One that has everything is enough: the others get it from there.
        return missing.Values.Any(m => m == 0)
            ? null
            : $"No other region has every write of {name}: {string.Join(", ", missing.Select(m => m.Value < 0 ? $"{m.Key} does not answer" : $"{m.Key} lacks {m.Value}"))}. Heal the links, or revive a region.";
    }

    private static Planet Adding(Planet before, string name)
    {
        try
        {
            return before.Adding(name);
        }
        catch (PlanetException e)
        {
            throw new ControlException(400, e.Message);
        }
    }

    private IReadOnlyList<IPlanetProcess> Joining(Planet after, Region region, long version)
    {
        try
        {
            return processes.Add(after, region, version);
        }
        catch (PlanetException e)
        {
            throw new ControlException(409, e.Message);
        }
    }

    private async Task<RegionsView> OneAtATimeAsync(CancellationToken cancellationToken, Func<Task<RegionsView>> change)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await change();
        }
        finally
        {
            _turn.Release();
        }
    }
}
