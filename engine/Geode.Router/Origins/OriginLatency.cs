namespace Geode.Router.Origins;

/// <summary>How long an origin takes to the first byte of an answer. A request costs one increment; everything read from here
/// is computed ten times a second by <see cref="Fold"/>.</summary>
/// <remarks>The peak-EWMA is fed with the median of some answers rather than with single ones: one slow page is the page's doing,
/// half the pages slow is the origin's. Where few come, those of several slices are taken together.</remarks>
internal sealed class OriginLatency(TimeProvider time)
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongTerm = TimeSpan.FromMinutes(5);

    /// <summary>How soon an origin that is not asked, because it was slow, is taken to be as usual again and so asked again: long
    /// enough that one that stays slow gets few requests.</summary>
    private static readonly TimeSpan Forgiveness = TimeSpan.FromSeconds(5);

    /// <summary>How soon what is usual of an origin is no longer believed either, while it answers nothing: learnt when the whole
    /// machine was slow, it would keep its clients on another continent for ever.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(15);

    /// <summary>Answers that say something about the origin: a first one, from a cold process, must not send its clients to another
    /// continent.</summary>
    private const int Enough = 5;

    /// <summary>Of fewer answers the p95 is one of the first, and says nothing of what is usual.</summary>
    private const int EnoughToKnow = 20;

    private readonly int[] _slice = new int[LatencyHistogram.Buckets];
    private readonly int[] _taken = new int[LatencyHistogram.Buckets];
    private readonly int[] _waiting = new int[LatencyHistogram.Buckets];
    private readonly LatencyHistogram _recent = new();
    private readonly LatencyHistogram _history = new();
    private readonly LatencyHistogram _single = new();
    private readonly PeakEwma _ewma = new(TimeSpan.FromSeconds(2));
    private readonly long _origin = time.GetTimestamp();
    private TimeSpan _lastFold;
    private int _waitingCount;
    private int _answers;
    private long _lastAnswer;

    /// <summary>Peak-EWMA of medians, ms; 0 before enough answers for one.</summary>
    public double EwmaMs { get; private set; }

    /// <summary>Of the last ten seconds or so, ms; 0 before any answer.</summary>
    public double P50Ms { get; private set; }
    public double P95Ms { get; private set; }
    public double P99Ms { get; private set; }

    /// <summary>Whether it has answered so often that its quantiles are what it usually takes. A process that has just started is slow at first:
    /// who expects of it what nobody has seen yet sends its first clients to another continent.</summary>
    public bool IsKnown => Volatile.Read(ref _answers) >= EnoughToKnow;

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
        Average(count, now);
        if (count == 0)
            return 0;
        Volatile.Write(ref _answers, Math.Min(_answers + count, EnoughToKnow));
        _single.Fold(_taken, 0);
        SliceMs = _single.QuantileMs(0.5);
        _recent.Fold(_taken, Math.Exp(-elapsed / Recent));
        (P50Ms, P95Ms, P99Ms) = (_recent.QuantileMs(0.5), _recent.QuantileMs(0.95), _recent.QuantileMs(0.99));
        if (learn)
        {
            _history.Fold(_taken, Math.Exp(-elapsed / LongTerm));
            BaselineMs = _history.QuantileMs(0.5);
        }

        return count;
    }

    private void Average(int count, TimeSpan now)
    {
        for (var i = 0; count > 0 && i < _waiting.Length; i++)
            _waiting[i] += _taken[i];
        _waitingCount += count;
        if (_waitingCount < Enough)
        {
            _ewma.Rest(BaselineMs * Math.Exp(-time.GetElapsedTime(LastAnswer) / Doubt), Forgiveness, now);
        }
        else
        {
            _single.Fold(_waiting, 0);
            _ewma.Add(_single.QuantileMs(0.5), now);
            Array.Clear(_waiting);
            _waitingCount = 0;
        }

        EwmaMs = _ewma.ValueMs;
    }
}
