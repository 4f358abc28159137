using Geode.Router.Configuration;
using Geode.Router.Health;
using Geode.Router.Origins;

namespace Geode.Router;

/// <summary>The router's one changing thing: which snapshot new requests use. Origins outlive a reload that keeps them.</summary>
internal sealed class RouterState
{
    private readonly TimeProvider _time;
    private readonly OriginEvents _events;
    private volatile RouterSnapshot _current;

    public RouterState(RouterSetup setup, TimeProvider time, OriginEvents events)
    {
        (_time, _events) = (time, events);
        _current = new RouterSnapshot(setup, [.. setup.Origins.Select(o => new Origin(o, setup.Options, time))], time, events);
    }

    public RouterSnapshot Current => _current;

    public Origin? Find(string name) =>
        Array.Find(_current.Origins, o => string.Equals(o.Name, name, StringComparison.OrdinalIgnoreCase));
}
