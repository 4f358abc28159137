using Geode.Router.Configuration;
using Geode.Router.Health;
using Geode.Router.Streams;

namespace Geode.Router.Origins;

/// <summary>A geode's public address, and all this router knows about it. Lives as long as its address is configured,
/// across reloads.</summary>
internal sealed class Origin : IDisposable
{
    private volatile int _weight;
    private volatile int _priority;
    private volatile bool _draining;

    private readonly Live<HealthOptions> _healthOptions;
    private readonly Live<ConcurrencyOptions> _concurrencyOptions;

    public Origin(OriginDefinition definition, RouterOptions options, TimeProvider time)
    {
        _healthOptions = new(options.Health);
        _concurrencyOptions = new(options.Concurrency);
        Definition = definition;
        Name = definition.Name;
        Prefix = definition.Address.GetLeftPart(UriPartial.Authority);
        _weight = definition.Weight;
        _priority = definition.Priority;
        Client = OriginClient.Create(options.Tries);
        Latency = new OriginLatency(time);
        Health = new OriginHealth(_healthOptions, time);
        Limit = new ConcurrencyLimit(_concurrencyOptions);
        InFlight = new InFlightTries();
        Streams = new OpenStreams();
        Departure = new Departure(Streams, time);
    }

    public string Name { get; }

    /// <summary><c>http://host:port</c>, without a trailing slash.</summary>
    public string Prefix { get; }

    public OriginDefinition Definition { get; private set; }

    public HttpMessageInvoker Client { get; }

    public OriginLatency Latency { get; }

    public OriginHealth Health { get; }

    public InFlightTries InFlight { get; }

    public ConcurrencyLimit Limit { get; }

    /// <summary>WebSockets and event streams that go through to it.</summary>
    public OpenStreams Streams { get; }

    public Departure Departure { get; }

    /// <summary>What is held against it now: nothing once it has answered a request since.</summary>
    public Ailment Ailment => Health.Evidence is var evidence && Latency.LastAnswer > evidence.At ? Ailment.None : evidence.Ailment;

    /// <summary>One more try cannot hurt it: it is not half as busy as it may be, and what it took lately it did.</summary>
    public bool HasRoomToSpare => Load < 0.5 && Health.FailureShare < 0.1 && !Health.Stumbled(Latency.LastAnswer);

    /// <summary>It works on as many requests as it can do well; more go to it only when all others have that too.</summary>
    public bool Full => InFlight.Working >= Limit.Current;

    /// <summary>It gets no more requests in any case.</summary>
    public bool Choked => InFlight.Working >= Limit.Hard;

    /// <summary>Requests it works on, for each it can do well.</summary>
    public double Load => (double)InFlight.Working / Limit.Current;

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
    public void Update(OriginDefinition definition, RouterOptions options)
    {
        _healthOptions.Value = options.Health;
        _concurrencyOptions.Value = options.Concurrency;
        if (definition.Weight != Definition.Weight)
            _weight = definition.Weight;
        _priority = definition.Priority;
        Definition = definition;
    }

    /// <summary>Takes the latest slice of time into account. One caller at a time.</summary>
    /// <param name="late">The router itself was held up during the slice: its times say nothing about the origin.</param>
    /// <returns>Whether this made the origin unhealthy.</returns>
    public bool Fold(bool late = false)
    {
        var answers = Latency.Fold(learn: Health.IsUsual && !Limit.Overloaded && !late);
        var telling = late ? 0 : answers;
        Limit.Fold(Latency, telling, InFlight.TakePeak());
        return Health.Fold(answers, late ? null : Latency, Limit.Overloaded);
    }

    public void Dispose() => Client.Dispose();

    public override string ToString() => Name;
}
