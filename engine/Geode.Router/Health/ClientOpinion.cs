using Geode.Router.Configuration;
using Geode.Router.Origins;

namespace Geode.Router.Health;

/// <summary>What one client has found of an origin, by the same rules by which an origin is out for all, and as quickly.</summary>
internal sealed class ClientOpinion(Live<HealthOptions> options, TimeProvider time)
{
    private readonly EjectionPolicy _ejection = new(options);
    private readonly SilencePolicy _silence = new(time);
    private readonly Backoff _holdFor = new(() => (options.Value.EjectMs, options.Value.EjectMaxMs));
    private readonly Lock _lock = new();
    private long _heldUntil = long.MinValue;
    private int _answers;
    private volatile bool _onProbation;

    /// <summary>Timestamp of the last thing that was bad.</summary>
    public long LastBad { get; private set; } = time.GetTimestamp();

    /// <summary>It has led to something.</summary>
    public bool WasHeld => Volatile.Read(ref _heldUntil) != long.MinValue;

    /// <summary>The client's requests go elsewhere.</summary>
    public bool Avoids => time.GetTimestamp() < Volatile.Read(ref _heldUntil);

    public void Answered()
    {
        _ejection.Answered();
        Interlocked.Increment(ref _answers);
        _onProbation = false;
    }

    public void Failed(string how)
    {
        LastBad = time.GetTimestamp();
        // Who was held and fails again at once has not changed.
        if (_ejection.Failed(how, Witness.OfTry()) is not null || _onProbation)
            Hold();
    }

    public void Lost(long started, OriginLatency latency, TimeSpan limit)
    {
        LastBad = time.GetTimestamp();
        if (_silence.Lost(started, latency, limit, Witness.OfTry()) is not null)
            Hold();
    }

    /// <summary>Takes a slice of time into account. One caller at a time.</summary>
    public void Fold(TimeSpan elapsed)
    {
        if (_ejection.Fold(Interlocked.Exchange(ref _answers, 0), elapsed) is not null)
            Hold();
    }

    private void Hold()
    {
        lock (_lock)
        {
            if (Avoids)
                return;
            _ejection.Reset();
            _silence.Reset();
            _onProbation = true;
            var now = time.GetTimestamp();
            var hold = _holdFor.Next(time.GetElapsedTime(0, now));
            Volatile.Write(ref _heldUntil, now + (long)(hold.TotalSeconds * time.TimestampFrequency));
        }
    }
}
