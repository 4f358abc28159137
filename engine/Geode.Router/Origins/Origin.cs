using Geode.Router.Configuration;
using Geode.Router.Health;
using Geode.Router.Sleep;

namespace Geode.Router.Origins;

/// <summary>A geode as this router sees it: one or more instances, or none while it sleeps. Lives as long as its address is configured,
/// across reloads. What it says of itself is what its instances say together.</summary>
/// <remarks>Nearly always there is one instance; so that case is looked at first, and costs what the instance itself costs.</remarks>
internal sealed class Origin
{
    /// <summary>More instances than any planet gives one geode.</summary>
    public const int MostInstances = 256;

    private const int ByPerson = 1;
    private const int ByPlan = 2;

    private readonly Lock _lock = new();
    private readonly OriginSettings _settings;
    private readonly TimeProvider _time;
    private volatile OriginInstance[] _instances;
    private volatile int _weight;
    private volatile int _priority;
    private volatile int _drained;
    private double _ewmaMs;
    private long _answers;

    public Origin(OriginDefinition definition, RouterOptions options, TimeProvider time)
    {
        (_settings, _time) = (new OriginSettings(options), time);
        Definition = definition;
        Name = definition.Name;
        _weight = definition.Weight;
        _priority = definition.Priority;
        Sleep = new OriginSleep(definition.Name, _settings.Wake, time);
        _instances = [new OriginInstance(this, PrefixOf(definition.Address), _settings, time)];
    }

    public string Name { get; }

    public OriginDefinition Definition { get; private set; }

    /// <summary>Not to be changed; empty while it sleeps.</summary>
    public OriginInstance[] Instances => _instances;

    public OriginSleep Sleep { get; }

    /// <summary>It has no instance that has answered yet.</summary>
    public bool IsAsleep => Sleep.IsAsleep;

    /// <summary>That of its best instance: a lost instance is no lost geode.</summary>
    public OriginState State => Sleep.IsAsleep ? OriginState.Asleep
        : _instances is [var only] ? only.Health.State
        : OriginTogether.State(_instances);

    /// <summary>It may be given a request, perhaps one that wakes it.</summary>
    public bool Takes => State switch
    {
        OriginState.Unhealthy => false,
        OriginState.Asleep => Sleep.CanBeWoken,
        _ => true,
    };

    /// <summary>Peak-EWMA of an answer from it, ms; with several instances their mean, as of the last slice of time.</summary>
    public double EwmaMs => _instances is [var only] ? only.Latency.EwmaMs : Volatile.Read(ref _ewmaMs);

    /// <summary>What is held against the best of its instances.</summary>
    public Ailment Ailment => _instances is [var only] ? only.Ailment : OriginTogether.Ailment(_instances);

    /// <summary>Each instance works on as many requests as it can do well.</summary>
    public bool Full => _instances is [var only] ? only.Full : OriginTogether.All(_instances, static i => i.Full);

    /// <summary>It gets no more requests in any case.</summary>
    public bool Choked => _instances is [var only] ? only.Choked : _instances is { Length: > 0 } several && Array.TrueForAll(several, static i => i.Choked);

    /// <summary>Requests it works on, for each it can do well.</summary>
    public double Load => _instances is [var only] ? only.Load : OriginTogether.Load(_instances);

    /// <summary>Share of its traffic it may get after it recovered, 0 to 1.</summary>
    public double Share => _instances is [var only] ? only.Health.Share : OriginTogether.Share(_instances);

    /// <summary>Requests it has answered since the router started, as of the last slice of time.</summary>
    public long Answers => Interlocked.Read(ref _answers);

    /// <summary>1 to 1000; may be changed while running.</summary>
    public int Weight
    {
        get => _weight;
        set => _weight = value;
    }

    /// <summary>1 to 5, lower first.</summary>
    public int Priority => _priority;

    /// <summary>A draining origin gets no new request; those it has are finished.</summary>
    public bool Draining => _drained != 0;

    /// <summary>A person has said so, and no plan changes that.</summary>
    public bool DrainedByPerson
    {
        get => (_drained & ByPerson) != 0;
        set => Drain(ByPerson, value);
    }

    /// <summary>A plan has said so: less than a person's word, and void where it would leave nobody.</summary>
    public bool DrainedByPlan
    {
        get => (_drained & ByPlan) != 0;
        set => Drain(ByPlan, value);
    }

    /// <summary>Only the plan keeps it from its requests.</summary>
    public bool DrainedByPlanAlone => _drained == ByPlan;

    /// <summary>Takes over what a reload may change about an origin that stays.</summary>
    public void Update(OriginDefinition definition, RouterOptions options)
    {
        _settings.Update(options);
        if (definition.Weight != Definition.Weight)
            _weight = definition.Weight;
        _priority = definition.Priority;
        Definition = definition;
    }

    /// <summary>From now on these are its instances. One that is listed already stays as it is; none: the geode sleeps.</summary>
    /// <param name="addresses">Distinct; at most <see cref="MostInstances"/>.</param>
    /// <returns>Those that are not among them any more, and have requests to finish.</returns>
    public IReadOnlyList<OriginInstance> SetInstances(IReadOnlyList<Uri> addresses)
    {
        lock (_lock)
        {
            var before = _instances;
            List<string> prefixes = [.. addresses.Select(PrefixOf)];
            // Where nobody carries the load there is nobody to leave it to.
            var joinsOthers = !Sleep.IsAsleep && before.Any(i => i.Health.State is OriginState.Healthy or OriginState.Degraded && prefixes.Contains(i.Prefix));
            OriginInstance[] now = [.. prefixes.Select(prefix =>
                Array.Find(before, i => i.Prefix == prefix) ?? new OriginInstance(this, prefix, _settings, _time, joinsOthers))];
            if (now.Length == 0)
                Sleep.Begin();
            Sleep.HasInstances = now.Length > 0;
            _instances = now;
            Average();
            return [.. before.Except(now)];
        }
    }

    /// <summary>An instance has answered a probe: if the geode was asleep, it is awake now.</summary>
    public void Probed(OriginInstance instance)
    {
        if (!Sleep.IsAsleep)
            return;
        lock (_lock)
        {
            if (_instances.Contains(instance))
                Sleep.End();
        }
    }

    /// <summary>What its instances have measured, together. After their slices have been folded, by one caller at a time.</summary>
    public void Average() => Volatile.Write(ref _ewmaMs, OriginTogether.EwmaMs(_instances));

    public void Answered(int requests)
    {
        if (requests > 0)
            Interlocked.Add(ref _answers, requests);
    }

    public static string PrefixOf(Uri address) => address.GetLeftPart(UriPartial.Authority);

    public override string ToString() => Name;

    private void Drain(int by, bool value)
    {
        if (value)
            Interlocked.Or(ref _drained, by);
        else
            Interlocked.And(ref _drained, ~by);
    }
}
