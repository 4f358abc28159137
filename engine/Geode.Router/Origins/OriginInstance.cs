using Geode.Router.Configuration;
using Geode.Router.Health;
using Geode.Router.Streams;

namespace Geode.Router.Origins;

/// <summary>One process of a geode: an address, and all this router has seen of it. Lives as long as its origin lists it, and then
/// until its last request has ended.</summary>
internal sealed class OriginInstance
{
    /// <param name="startsSlowly">It joins others, which can carry the load until it is warm.</param>
    public OriginInstance(Origin origin, string prefix, OriginSettings settings, TimeProvider time, bool startsSlowly = false)
    {
        Origin = origin;
        Prefix = prefix;
        Client = OriginClient.Create(settings.Tries.Value);
        Latency = new OriginLatency(time);
        Health = new OriginHealth(settings.Health, time, startsSlowly);
        Limit = new ConcurrencyLimit(settings.Concurrency);
        InFlight = new InFlightTries();
        Streams = new OpenStreams();
        Departure = new Departure(Streams, time);
    }

    public Origin Origin { get; }

    /// <summary>Of its origin.</summary>
    public string Name => Origin.Name;

    /// <summary><c>http://host:port</c>, without a trailing slash.</summary>
    public string Prefix { get; }

    /// <summary>Not closed before the router stops: who has chosen it a moment ago must still find it. Its connections end by being idle.</summary>
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

    public bool IsIdle => InFlight.Requests == 0 && Streams.Count == 0;

    /// <summary>Takes the latest slice of time into account. One caller at a time.</summary>
    /// <param name="late">The router itself was held up during the slice: its times say nothing about the instance.</param>
    /// <returns>Whether this made it unhealthy.</returns>
    public bool Fold(bool late = false)
    {
        var answers = Latency.Fold(learn: Health.IsUsual && !Limit.Overloaded && !late);
        Origin.Answered(answers);
        var telling = late ? 0 : answers;
        Limit.Fold(Latency, telling, InFlight.TakePeak());
        return Health.Fold(answers, late ? null : Latency, Limit.Overloaded);
    }

    /// <summary>For people: its origin, and where it is one of several, which.</summary>
    public override string ToString() => Origin.Instances is [var only] && only == this ? Name : $"{Name} ({Prefix})";
}
