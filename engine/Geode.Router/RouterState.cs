using System.Collections.Immutable;
using Geode.Router.Configuration;
using Geode.Router.Forwarding;
using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Router.Telemetry;

namespace Geode.Router;

/// <summary>The router's one changing thing: which snapshot new requests use. An origin outlives every reload that keeps its
/// name and address; one that is dropped lives until its last request has ended.</summary>
internal sealed class RouterState : IDisposable
{
    private readonly TimeProvider _time;
    private readonly OriginEvents _events;
    private readonly RouterMetrics _metrics;
    private readonly DeadlineGate _deadlines;
    private readonly SelfDoubt _doubt;
    private ImmutableList<Origin> _leaving = [];
    private volatile RouterSnapshot _current;

    public RouterState(RouterSetup setup, TimeProvider time, OriginEvents events, RouterMetrics metrics, DeadlineGate deadlines, SelfDoubt doubt)
    {
        (_time, _events, _metrics, _deadlines, _doubt) = (time, events, metrics, deadlines, doubt);
        Cache = new(setup.Options.Cache);
        Limits = new(setup.Options.Limits);
        _current = Snapshot(setup, []);
        metrics.Watch(this);
    }

    public RouterSnapshot Current => _current;

    /// <summary>Dropped by a reload, and not empty yet.</summary>
    public ImmutableList<Origin> Leaving => Volatile.Read(ref _leaving);

    public Live<CacheOptions> Cache { get; }

    public Live<LimitOptions> Limits { get; }

    public Origin? Find(string name) =>
        Array.Find(_current.Origins, o => string.Equals(o.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>From now on new requests go by this setup; those under way end as they began.</summary>
    public void Apply(RouterSetup setup)
    {
        var before = _current.Origins;
        Cache.Value = setup.Options.Cache;
        Limits.Value = setup.Options.Limits;
        _current = Snapshot(setup, before);
        foreach (var dropped in before.Except(_current.Origins))
        {
            dropped.Draining = true;
            ImmutableInterlocked.Update(ref _leaving, static (list, origin) => list.Add(origin), dropped);
        }
    }

    /// <summary>A dropped origin has nothing left to do.</summary>
    public void Forget(Origin origin)
    {
        ImmutableInterlocked.Update(ref _leaving, static (list, gone) => list.Remove(gone), origin);
        origin.Dispose();
    }

    public void Dispose()
    {
        foreach (var origin in _current.Origins.Concat(Leaving))
            origin.Dispose();
    }

    private RouterSnapshot Snapshot(RouterSetup setup, Origin[] before)
    {
        var origins = setup.Origins.Select(definition =>
        {
            var known = Array.Find(before, o => o.Name == definition.Name && o.Definition.Address == definition.Address);
            known?.Update(definition, setup.Options);
            return known ?? new Origin(definition, setup.Options, _time);
        });
        return new RouterSnapshot(setup, [.. origins], _time, _events, _metrics, _deadlines, _doubt);
    }
}
