using System.Collections.Immutable;
using Geode.Router.Clients;
using Geode.Router.Configuration;
using Geode.Router.Forwarding;
using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Router.Steering;
using Geode.Router.Telemetry;
using Geode.Router.Tenants;

namespace Geode.Router;

/// <summary>The router's one changing thing: which snapshot new requests use. An origin outlives every reload that keeps its
/// name and address; an instance that is dropped lives until its last request has ended.</summary>
internal sealed class RouterState : IDisposable
{
    private readonly TimeProvider _time;
    private readonly OriginEvents _events;
    private readonly RouterMetrics _metrics;
    private readonly DeadlineGate _deadlines;
    private readonly SelfDoubt _doubt;
    private ImmutableList<OriginInstance> _leaving = [];
    private volatile RouterSnapshot _current;

    public RouterState(RouterSetup setup, TimeProvider time, OriginEvents events, RouterMetrics metrics, DeadlineGate deadlines, SelfDoubt doubt)
    {
        (_time, _events, _metrics, _deadlines, _doubt) = (time, events, metrics, deadlines, doubt);
        Cache = new(setup.Options.Cache);
        Limits = new(setup.Options.Limits);
        Steering = new(time);
        Tenants = new(time);
        _current = Snapshot(setup, []);
        metrics.Watch(this);
    }

    public RouterSnapshot Current => _current;

    /// <summary>Dropped, by a reload or by who runs the instances, and not empty yet.</summary>
    public ImmutableList<OriginInstance> Leaving => Volatile.Read(ref _leaving);

    public Live<CacheOptions> Cache { get; }

    public Live<LimitOptions> Limits { get; }

    public SteeringBoard Steering { get; }

    /// <summary>Requests by the place they came from; counted on across reloads.</summary>
    public PlaceTraffic Traffic { get; } = new();

    /// <summary>Where tenants are; known on across reloads.</summary>
    public TenantTable Tenants { get; }

    public Origin? Find(string name) =>
        Array.Find(_current.Origins, o => string.Equals(o.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>From now on new requests go by this setup; those under way end as they began.</summary>
    public void Apply(RouterSetup setup)
    {
        var before = _current.Origins;
        Cache.Value = setup.Options.Cache;
        Limits.Value = setup.Options.Limits;
        _current = Snapshot(setup, before);
        Steering.Look(_current);
        foreach (var dropped in before.Except(_current.Origins))
        {
            dropped.DrainedByPerson = true;
            Leave(dropped.Instances);
        }
    }

    /// <summary>From now on these are the origin's instances; what goes to others ends as it began.</summary>
    /// <param name="addresses">Distinct; none: it sleeps.</param>
    public void SetInstances(Origin origin, IReadOnlyList<Uri> addresses)
    {
        var before = origin.Instances;
        Leave(origin.SetInstances(addresses));
        if (!before.SequenceEqual(origin.Instances))
            _events.Instances(origin);
    }

    /// <summary>A dropped instance has nothing left to do.</summary>
    public void Forget(OriginInstance instance) =>
        ImmutableInterlocked.Update(ref _leaving, static (list, gone) => list.Remove(gone), instance);

    public void Dispose()
    {
        foreach (var instance in _current.Origins.SelectMany(o => o.Instances).Concat(Leaving))
            instance.Client.Dispose();
    }

    private void Leave(IReadOnlyList<OriginInstance> gone)
    {
        if (gone.Count > 0)
            ImmutableInterlocked.Update(ref _leaving, static (list, more) => list.AddRange(more), gone);
    }

    private RouterSnapshot Snapshot(RouterSetup setup, Origin[] before)
    {
        var origins = setup.Origins.Select(definition =>
        {
            var known = Array.Find(before, o => o.Name == definition.Name && o.Definition.Address == definition.Address);
            known?.Update(definition, setup.Options);
            return known ?? Make(definition, setup.Options);
        });
        return new RouterSnapshot(setup, [.. origins], _time, _events, _metrics, _deadlines, _doubt, Traffic, Tenants);
    }

    private Origin Make(OriginDefinition definition, RouterOptions options)
    {
        var origin = new Origin(definition, options, _time);
        origin.Sleep.NotWoken = why => _events.NotWoken(origin, why);
        return origin;
    }
}
