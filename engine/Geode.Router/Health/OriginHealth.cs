using Geode.Router.Configuration;
using Geode.Router.Origins;

namespace Geode.Router.Health;

/// <summary>One instance's health: what probes and real tries say, put together. Reading is lock-free; changes are rare.</summary>
internal sealed class OriginHealth
{
    /// <summary>Failed probes that the router half blames itself for, that count as one.</summary>
    private const int DoubtfulForOne = 3;

    /// <summary>How long a failed try makes the next one a risk, if the origin has answered nothing since.</summary>
    private static readonly TimeSpan StumbleLasts = TimeSpan.FromSeconds(10);

    private readonly Live<HealthOptions> _options;
    private readonly TimeProvider _time;
    private readonly EjectionPolicy _ejection;
    private readonly DegradedPolicy _degradation;
    private readonly SilencePolicy _silence;
    private readonly SlowStart _slowStart;
    private readonly Backoff _ejectFor;
    private readonly Backoff _degradeFor;
    private readonly Lock _lock = new();
    private readonly long _start;
    private readonly bool _startsSlowly;
    private TimeSpan _heldUntil;
    private TimeSpan _lastFold;
    private int _goodProbes;
    private int _badProbes;
    private double _badWeight;
    private long _stumbledAt;
    private volatile bool _missedLastProbe;
    private volatile Evidence _evidence = Evidence.None;
    private volatile Verdict _verdict;

    /// <param name="startsSlowly">When it is found well for the first time, it is given little at first.</param>
    public OriginHealth(Live<HealthOptions> options, TimeProvider time, bool startsSlowly = false)
    {
        (_options, _time, _start, _startsSlowly) = (options, time, time.GetTimestamp(), startsSlowly);
        _ejection = new EjectionPolicy(options);
        _degradation = new DegradedPolicy(options);
        _silence = new SilencePolicy(time);
        _slowStart = new SlowStart(options, time);
        Opinions = new ClientOpinions(options, time);
        _ejectFor = new Backoff(() => (options.Value.EjectMs, options.Value.EjectMaxMs));
        _degradeFor = new Backoff(() => (options.Value.EjectMs * 5, options.Value.EjectMaxMs));
        _verdict = new(OriginState.Unknown, "not probed yet", time.GetUtcNow());
    }

    /// <param name="Why">One line.</param>
    public sealed record Verdict(OriginState State, string Why, DateTimeOffset Since);

    public Verdict Now => _verdict;

    public OriginState State => _verdict.State;

    /// <summary>Share of its traffic an origin that recovered may get, 0 to 1.</summary>
    public double Share => _slowStart.Share;

    /// <summary>The latest thing held against it, whether or not it has been disproved since.</summary>
    public Evidence Evidence => _evidence;

    /// <summary>Its latest probe got no answer in time.</summary>
    public bool MissedLastProbe => _missedLastProbe;

    /// <summary>What single clients have found, and what holds for them alone.</summary>
    public ClientOpinions Opinions { get; }

    /// <summary>Share of its tries that failed lately, 0 to 1.</summary>
    public double FailureShare => _ejection.FailureShare;

    /// <summary>Whether the last try it took lately failed: another one would be a risk.</summary>
    /// <param name="lastAnswer">Timestamp of its last answer.</param>
    public bool Stumbled(long lastAnswer)
    {
        var at = Volatile.Read(ref _stumbledAt);
        return at > lastAnswer && _time.GetElapsedTime(at) < StumbleLasts;
    }

    public void ProbeSucceeded()
    {
        lock (_lock)
        {
            (_badProbes, _badWeight, _missedLastProbe) = (0, 0, false);
            if (_evidence.Ailment is Ailment.Unready or Ailment.Silent or Ailment.Unreachable)
                _evidence = Evidence.None;
            _goodProbes++;
            if (State == OriginState.Unknown && _startsSlowly)
                _slowStart.Begin();
            if (State == OriginState.Unknown)
                Become(OriginState.Healthy, "the first probe succeeded");
            else if (State == OriginState.Unhealthy && _goodProbes >= _options.Value.HealthyAfter && Elapsed >= _heldUntil)
                Recover($"{_goodProbes} probes succeeded in a row");
        }
    }

    /// <param name="asked">Timestamp at which the probe was sent; 0: now.</param>
    /// <param name="doubtful">It may be the router's own fault, or that of the machine: it takes several to count as one.</param>
    /// <returns>Whether this made the origin unhealthy.</returns>
    public bool ProbeFailed(string how, Ailment ailment = Ailment.Unready, long asked = 0, bool doubtful = false)
    {
        lock (_lock)
        {
            _goodProbes = 0;
            _badProbes++;
            _badWeight += doubtful ? 1.0 / DoubtfulForOne : 1;
            _missedLastProbe = ailment == Ailment.Silent;
            _evidence = new(ailment, asked > 0 ? asked : _time.GetTimestamp());
            // Silence of an origin that has not been heard of yet: it may still be starting.
            var enough = State == OriginState.Unknown && ailment != Ailment.Silent ? 0 : _options.Value.UnhealthyAfter;
            if (State == OriginState.Unhealthy || _badWeight < enough - 0.01)
                return false;
            Become(OriginState.Unhealthy, $"{_badProbes} {(_badProbes == 1 ? "probe" : "probes")} failed in a row, the last one: {how}");
            return true;
        }
    }

    /// <summary>Whether what the origin does now is what it usually does.</summary>
    public bool IsUsual => State != OriginState.Degraded && !_degradation.Suspects;

    public void TryAnswered() => _ejection.Answered();

    /// <summary>A try that reached nobody is believed at once, since nothing of the request can have been the cause. What became of a
    /// request that was sent may be the request's doing: it is found by one client for itself, and by several for all.</summary>
    /// <param name="ailment"><see cref="Ailment.Unreachable"/> when the try reached nobody.</param>
    /// <returns>Whether this made the origin unhealthy.</returns>
    public bool TryFailed(string how, Ailment ailment, UInt128 client)
    {
        if (ailment == Ailment.Unreachable)
            _evidence = new(ailment, _time.GetTimestamp());
        else
            Opinions.Failed(client, how);
        var witness = ailment == Ailment.Unreachable ? Witness.OfTry() : Witness.Of(client);
        return _ejection.Failed(how, witness) is { } why && Eject(why, ailment);
    }

    /// <summary>It took a request and did not do it; whether that is held against it is judged when the request is over.</summary>
    public void Stumble() => Volatile.Write(ref _stumbledAt, _time.GetTimestamp());

    /// <summary>Another origin answered what this one was asked at <paramref name="started"/>.</summary>
    /// <param name="limit">Silence an origin of this speed may be allowed.</param>
    /// <returns>Whether this made the origin unhealthy.</returns>
    public bool TryLost(long started, OriginLatency latency, TimeSpan limit, UInt128 client)
    {
        // Who has answered somebody since is slow with this one and not silent.
        if (latency.LastAnswer < started)
            Opinions.Lost(client, started, latency, limit);
        return _silence.Lost(started, latency, limit, Witness.Of(client)) is { } why && Eject(why, Ailment.Silent);
    }

    /// <summary>Takes the origin's latest slice of time into account. One caller at a time.</summary>
    /// <param name="answers">In the slice.</param>
    /// <param name="latency">Null when it says nothing about the origin.</param>
    /// <param name="overloaded">It is given too much, and is about to be given less: that is not its being slow.</param>
    /// <returns>Whether this made the origin unhealthy.</returns>
    public bool Fold(int answers, OriginLatency? latency, bool overloaded)
    {
        var now = Elapsed;
        var elapsed = now - _lastFold;
        _lastFold = now;
        Opinions.Fold(elapsed);
        if (_ejection.Fold(answers, elapsed) is { } why)
            return Eject(why);
        if (latency is not null && !overloaded && _degradation.Fold(latency, answers) is { } slow)
            Degrade(slow);
        else if (State == OriginState.Degraded && now >= _heldUntil)
            Forgive();
        return false;
    }

    private TimeSpan Elapsed => _time.GetElapsedTime(_start);

    private bool Eject(string why, Ailment? ailment = null)
    {
        lock (_lock)
        {
            if (ailment is { } known)
                _evidence = new(known, _time.GetTimestamp());
            _ejection.Reset();
            Opinions.Clear();
            if (State == OriginState.Unhealthy)
                return false;
            _goodProbes = 0;
            _heldUntil = Elapsed + _ejectFor.Next(Elapsed);
            Become(OriginState.Unhealthy, why);
            return true;
        }
    }

    private void Degrade(string why)
    {
        lock (_lock)
        {
            if (State is OriginState.Unhealthy or OriginState.Degraded)
                return;
            _heldUntil = Elapsed + _degradeFor.Next(Elapsed);
            Become(OriginState.Degraded, why);
        }
    }

    private void Forgive()
    {
        lock (_lock)
        {
            if (State == OriginState.Degraded)
                Recover("gets another chance");
        }
    }

    private void Recover(string why)
    {
        _ejection.Reset();
        _silence.Reset();
        _slowStart.Begin();
        Become(OriginState.Healthy, why);
    }

    private void Become(OriginState state, string why) => _verdict = new(state, why, _time.GetUtcNow());
}
