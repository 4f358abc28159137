namespace Geode.Router.Origins;

/// <summary>How long an origin takes to the first byte of an answer. A request costs one increment; everything read from here
/// is computed ten times a second by <see cref="Fold"/>.</summary>
/// <remarks>The peak-EWMA is fed with the median of each slice rather than with single requests: one slow page is the
/// page's doing, half the pages slow is the origin's.</remarks>
internal sealed class OriginLatency(TimeProvider time)
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongTerm = TimeSpan.FromMinutes(5);

    /// <summary>How soon an origin that is not asked, because it was slow, is taken to be as usual again and so asked again: long
    /// enough that one that stays slow gets few requests.</summary>
    private static readonly TimeSpan Forgiveness = TimeSpan.FromSeconds(5);

    private readonly int[] _slice = new int[LatencyHistogram.Buckets];
    private readonly int[] _taken = new int[LatencyHistogram.Buckets];
    private readonly LatencyHistogram _recent = new();
    private readonly LatencyHistogram _history = new();
    private readonly LatencyHistogram _single = new();
    private readonly PeakEwma _ewma = new(TimeSpan.FromSeconds(2));
    private readonly long _origin = time.GetTimestamp();
    private TimeSpan _lastFold;
    private long _lastAnswer;

    /// <summary>Peak-EWMA of the slices' medians, ms.</summary>
    public double EwmaMs { get; private set; }

    /// <summary>Of the last ten seconds or so, ms; 0 before any answer.</summary>
    public double P50Ms { get; private set; }
    public double P95Ms { get; private set; }
    public double P99Ms { get; private set; }

    /// <summary>Median of the last slice that had answers, ms.</summary>
    public double SliceMs { get; private set; }

    /// <summary>Median of the last minutes, taken only while the origin is not degraded, ms.</summary>
    public double BaselineMs { get; private set; }

    /// <summary>Timestamp of the last answer.</summary>
    public long LastAnswer => Volatile.Read(ref _lastAnswer);

    public void Record(TimeSpan duration)
    {
        Volatile.Write(ref _lastAnswer, time.GetTimestamp());
        Interlocked.Increment(ref _slice[LatencyHistogram.BucketOf(duration.TotalMicroseconds)]);
    }

    /// <summary>Takes the slice since the last call into the averages. One caller at a time.</summary>
    /// <param name="learn">Whether this slice is what is normal for the origin.</param>
    /// <returns>Answers in the slice.</returns>
    public int Fold(bool learn)
    {
        var now = time.GetElapsedTime(_origin);
        var elapsed = now - _lastFold;
        _lastFold = now;
        var count = 0;
        for (var i = 0; i < _slice.Length; i++)
            count += _taken[i] = _slice[i] == 0 ? 0 : Interlocked.Exchange(ref _slice[i], 0);
        if (count == 0)
        {
            _ewma.Rest(BaselineMs, Forgiveness, now);
            EwmaMs = _ewma.ValueMs;
            return 0;
        }

        _single.Fold(_taken, 0);
        SliceMs = _single.QuantileMs(0.5);
        _ewma.Add(SliceMs, now);
        EwmaMs = _ewma.ValueMs;
        _recent.Fold(_taken, Math.Exp(-elapsed / Recent));
        (P50Ms, P95Ms, P99Ms) = (_recent.QuantileMs(0.5), _recent.QuantileMs(0.95), _recent.QuantileMs(0.99));
        if (learn)
        {
            _history.Fold(_taken, Math.Exp(-elapsed / LongTerm));
            BaselineMs = _history.QuantileMs(0.5);
        }

        return count;
    }
}
