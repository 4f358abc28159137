namespace Geode.Router.Origins;

/// <summary>An average that jumps up to a peak at once and forgets it exponentially: trouble is believed at once, recovery has to last.</summary>
/// <param name="timeConstant">Time in which what is older loses all but 1/e of its say.</param>
internal sealed class PeakEwma(TimeSpan timeConstant)
{
    private TimeSpan _last;

    /// <summary>Milliseconds; 0 before the first sample.</summary>
    public double ValueMs { get; private set; }

    /// <param name="sampleMs">A duration.</param>
    /// <param name="at">Time of the sample since any fixed moment.</param>
    public void Add(double sampleMs, TimeSpan at)
    {
        if (sampleMs >= ValueMs)
        {
            ValueMs = sampleMs;
        }
        else
        {
            var keep = Math.Exp(-(at - _last) / timeConstant);
            ValueMs = ValueMs * keep + sampleMs * (1 - keep);
        }

        _last = at;
    }

    /// <summary>No sample has come: what was measured last is believed less and less, and what is usual more and more.</summary>
    /// <param name="usualMs">A duration; a value below it stays.</param>
    /// <param name="constant">Time in which the difference loses all but 1/e.</param>
    public void Rest(double usualMs, TimeSpan constant, TimeSpan at)
    {
        if (ValueMs > usualMs)
            ValueMs = usualMs + (ValueMs - usualMs) * Math.Exp(-(at - _last) / constant);
        _last = at;
    }
}
