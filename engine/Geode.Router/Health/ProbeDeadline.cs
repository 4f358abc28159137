using Geode.Router.Configuration;

namespace Geode.Router.Health;

/// <summary>How long one origin's probe may take: what is usual for it, and never less than the configured time. A machine that is
/// busy answers late and is not dead; a deadline that does not know how long an answer takes never learns it either.</summary>
/// <remarks>Smoothed time and deviation as in RFC 6298, section 2, with twice the smoothed time for a deadline that even jitter
/// keeps; doubled after a miss, as in section 5, until the next answer.</remarks>
internal sealed class ProbeDeadline
{
    private const double LongestFactor = 10;
    private const double LongestMs = 5_000;
    private const double Gain = 1 / 8.0;
    private const double DeviationGain = 1 / 4.0;

    private double _smoothedMs;
    private double _deviationMs;
    private double _backoff = 1;

    public double NextMs(HealthOptions options)
    {
        var longest = Math.Max(options.ProbeTimeoutMs, Math.Min(options.ProbeTimeoutMs * LongestFactor, LongestMs));
        return Math.Min(Math.Max(options.ProbeTimeoutMs, 2 * _smoothedMs + 4 * _deviationMs) * _backoff, longest);
    }

    /// <summary>It answered, whatever it said.</summary>
    public void Answered(double ms)
    {
        (_smoothedMs, _deviationMs) = _smoothedMs == 0
            ? (ms, ms / 2)
            : (_smoothedMs + Gain * (ms - _smoothedMs), _deviationMs + DeviationGain * (Math.Abs(ms - _smoothedMs) - _deviationMs));
        _backoff = 1;
    }

    /// <summary>The next one gets more time.</summary>
    public void Extend() => _backoff = Math.Min(_backoff * 2, LongestFactor);
}
