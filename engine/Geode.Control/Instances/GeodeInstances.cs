using Geode.Topology;

namespace Geode.Control.Instances;

/// <summary>How many instances one geode is to have, and who says so: somebody who asked for a number, else the autoscaler, but never
/// fewer than the plan in force asks for.</summary>
internal sealed class GeodeInstances(LivePlanet planet, string region, TimeProvider time)
{
    private readonly Lock _lock = new();
    private (int Count, string Why) _scaled = (1, "no more are needed");
    private int? _fixed;
    private PlanFloor? _floor;
    private long? _wokenAt;
    private long _lastWoken = long.MinValue;
    private readonly HashSet<int> _held = [];
    private bool _leaves;

    public string Region { get; } = region;

    /// <summary>None runs because none is needed.</summary>
    public bool Asleep { get; set; }

    /// <summary>One has been healthy: before that the planet is still starting.</summary>
    public bool Begun { get; set; }

    /// <summary>Somebody broke the geode, or it is leaving: its processes are nobody else's business.</summary>
    public bool Held
    {
        get
        {
            var zones = Zones;
            lock (_lock)
                return _leaves || _held.Count >= zones;
        }
    }

    /// <summary>Its geodes: one in each zone, or one for all of it.</summary>
    public int Zones => planet.Now.Find(Region)?.Zones ?? 1;

    public (int Least, int Most) Limits() => planet.Now.Find(Region) is { } now ? (planet.Now.Scale.LeastOf(now), planet.Now.Scale.MostOf(now)) : (1, 1);

    /// <summary>How many there are to be, and why. Zones that are up take over from those that are not, as far as they have room.</summary>
    public (int Count, string Why) Target()
    {
        var (count, why) = Wanted();
        var room = Enumerable.Range(1, Limits().Most).Count(instance => !Holds(instance));
        return room < count ? (room, "there is room for no more in the zones that are up") : (count, why);
    }

    private (int Count, string Why) Wanted()
    {
        var (least, most) = Limits();
        lock (_lock)
        {
            if (_fixed is { } count)
                return (Math.Clamp(count, least, most), "as asked for");
            var (scaled, why) = _scaled;
            if (FloorInForce() is { } floor && floor.Instances > scaled)
                (scaled, why) = (floor.Instances, $"plan {floor.Number} asks for {floor.Instances}");
            return scaled < least ? (least, $"never fewer than {least}") : (Math.Min(scaled, most), why);
        }
    }

    /// <param name="count">Exactly so many; null: as the autoscaler says.</param>
    /// <exception cref="ControlException">400: outside of what the geode may have.</exception>
    public void Fix(int? count)
    {
        var (least, most) = Limits();
        if (count < least || count > most)
            throw ControlException.Invalid("count", $"{count} is not possible; {Region} may have {least} to {most} instances (minReplicas, maxReplicas, scale.localMost), or null for as many as the autoscaler says.");
        lock (_lock)
            _fixed = count;
    }

    /// <summary>Takes the floor of a plan, cut to what the region allows.</summary>
    /// <exception cref="ControlException">409: there has been a later plan, or the region lets no plan scale it.</exception>
    public PlanFloor Take(PlanFloor floor)
    {
        var allowed = planet.Now.Region(Region);
        if (allowed.Autonomy is { } autonomy)
        {
            if (!autonomy.Accepts.Contains(RegionAutonomy.Scale))
                throw new ControlException(409, $"{Region} lets no plan scale it (regions[].autonomy.accepts).");
            floor = floor with { Instances = Math.Clamp(floor.Instances, Math.Min(autonomy.FloorOf(allowed), autonomy.CeilingOf(allowed)), autonomy.CeilingOf(allowed)) };
        }
        floor = floor with { Instances = Math.Min(floor.Instances, Limits().Most) };
        lock (_lock)
        {
            // Also after it has lapsed: a plan does not become newer by that.
            if (_floor is { } before && floor.Stamp < before.Stamp)
                throw new ControlException(409, $"Plan {floor.Number} of fence {floor.Fence} is older than plan {before.Number} of fence {before.Fence}.");
            return _floor = floor;
        }
    }

    /// <summary>The plan's floor ends now. Older plans stay older.</summary>
    public void EndFloor()
    {
        lock (_lock)
            _floor = _floor is { } floor ? floor with { Until = DateTimeOffset.MinValue } : null;
    }

    /// <summary>What the autoscaler decides.</summary>
    /// <param name="looked">When it asked for the requests; who has come and woken the geode since is not among them.</param>
    /// <returns>Whether it differs from before.</returns>
    public bool Scale(int count, string why, long looked)
    {
        lock (_lock)
        {
            if (_scaled.Count == count || (count < _scaled.Count && _lastWoken >= looked))
                return false;
            _scaled = (count, why);
            return true;
        }
    }

    /// <summary>Somebody waits for it: it is to have one instance at least.</summary>
    /// <returns>False: it is to have one anyway.</returns>
    public bool Wake(string why)
    {
        if (Wanted().Count > 0)
            return false;
        lock (_lock)
        {
            _fixed = null;
            _scaled = (Math.Max(1, _scaled.Count), why);
            _lastWoken = time.GetTimestamp();
            _wokenAt ??= _lastWoken;
            return true;
        }
    }

    /// <summary>How long ago it was woken, told once; null: it was not.</summary>
    public TimeSpan? Woke()
    {
        lock (_lock)
        {
            var at = _wokenAt;
            _wokenAt = null;
            return at is { } then ? time.GetElapsedTime(then) : null;
        }
    }

    /// <summary>These zones are broken.</summary>
    public void Hold(IEnumerable<int> zones)
    {
        lock (_lock)
            _held.UnionWith(zones);
    }

    /// <summary>They are whole again.</summary>
    public void Release(IEnumerable<int> zones)
    {
        lock (_lock)
            _held.ExceptWith(zones);
    }

    /// <summary>It is about to leave the planet, or stays after all: broken as it was.</summary>
    public void Leave(bool leaves)
    {
        lock (_lock)
            _leaves = leaves;
    }

    /// <summary>Whether the instance of that number is nobody else's business: somebody broke its zone, or all of the geode.</summary>
    public bool Holds(int instance)
    {
        var zone = planet.Now.Find(Region)?.ZoneOf(instance) ?? 1;
        lock (_lock)
            return _leaves || _held.Contains(zone);
    }

    /// <param name="running">That serve.</param>
    /// <param name="starting">That will.</param>
    public InstancesView View(int running, int starting)
    {
        var (least, most) = Limits();
        lock (_lock)
            return new(running, starting, least, most, _fixed, FloorInForce()?.Instances, Asleep);
    }

    private PlanFloor? FloorInForce() => _floor is { } floor && floor.Until > time.GetUtcNow() ? floor : null;
}
