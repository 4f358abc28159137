using Geode.Router.Configuration;
using Geode.Router.Health;

namespace Geode.Router.Origins;

/// <summary>A geode's public address, and all this router knows about it. Lives as long as its address is configured,
/// across reloads.</summary>
internal sealed class Origin : IDisposable
{
    private volatile int _weight;
    private volatile int _priority;
    private volatile bool _draining;

    public Origin(OriginDefinition definition, RouterOptions options, TimeProvider time)
    {
        Definition = definition;
        Name = definition.Name;
        Prefix = definition.Address.GetLeftPart(UriPartial.Authority);
        _weight = definition.Weight;
        _priority = definition.Priority;
        Client = OriginClient.Create(options.Tries);
        Latency = new OriginLatency(time);
        Health = new OriginHealth(options.Health, time);
        InFlight = new InFlightTries();
    }

    public string Name { get; }

    /// <summary><c>http://host:port</c>, without a trailing slash.</summary>
    public string Prefix { get; }

    public OriginDefinition Definition { get; private set; }

    public HttpMessageInvoker Client { get; }

    public OriginLatency Latency { get; }

    public OriginHealth Health { get; }

    public InFlightTries InFlight { get; }

    /// <summary>1 to 1000; may be changed while running.</summary>
    public int Weight
    {
        get => _weight;
        set => _weight = value;
    }

    /// <summary>1 to 5, lower first.</summary>
    public int Priority => _priority;

    /// <summary>A draining origin gets no new request; those it has are finished.</summary>
    public bool Draining
    {
        get => _draining;
        set => _draining = value;
    }

    /// <summary>Takes over what a reload may change about an origin that stays.</summary>
    public void Update(OriginDefinition definition)
    {
        if (definition.Weight != Definition.Weight)
            _weight = definition.Weight;
        _priority = definition.Priority;
        Definition = definition;
    }

    public void Dispose() => Client.Dispose();

    public override string ToString() => Name;
}
