using Geode.Foresight.Forecasting;

namespace Geode.Foresight.Scaling;

/// <summary>How high a load may get in the next steps: what capacity has to be there for. Online, in constant time and memory.</summary>
/// <remarks>The highest of three: <list type="bullet">
/// <item>the level and 3.2 mean absolute deviations of it, which for a normal distribution are 2.6 standard deviations: one step in 200 is
/// above. Both are exponentially weighted, and one step moves them no farther than three deviations (Huber's clipping; R. D. Martin and
/// J. E. Masreliez, <i>Robust estimation via stochastic approximation</i>, 1975), so that a surge does not become the level;</item>
/// <item>in a surge, more than the newest value: 1.5 times it in its first two steps, in which it mostly still grows, then as
/// much as it has grown since the last step, twice, from 1.05 to 2 times;</item>
/// <item>what came next on earlier days at this time of day that were in the same state as this one, surge or none: the 90th percentile of
/// up to 14 days (the method of analogues, E. N. Lorenz, 1969). Surges by the clock are met before they come, and let go where they do not.</item>
/// </list></remarks>
/// <param name="stepsPerDay">Steps after which a time of day returns, at least 1.</param>
public sealed class LoadBound(int stepsPerDay)
{
    private const int Days = 14;
    private const double Deviations = 3.2;
    private const double LevelWeight = 0.1;
    private const double DeviationWeight = 0.02;
    private const double SurgeRatio = 1.5;
    private const double SurgeDeviations = 4;
    private const double SurgeBegins = 1.5;
    private const double SurgeGoesOn = 1.05;
    private const double SurgeMost = 2;
    private const double Percentile = 0.9;
    private const int LeastAnalogues = 2;
    private const int WarmUp = 10;
    private readonly SeriesHistory _values = Empty(stepsPerDay);
    private readonly SeriesHistory _levels = Empty(stepsPerDay);
    private readonly double[] _next = new double[Days];
    private long _last = long.MinValue;
    private long _seen;
    private double _level;
    private double _deviation;
    private (int From, int Until, double Upper) _known;

    /// <summary>Takes the value of a step. Steps may be left out; one that is not after the last is ignored.</summary>
    /// <param name="step">Its number; the same one a day later is the same time of day.</param>
    /// <param name="value">Finite and not negative.</param>
    public void Observe(long step, double value)
    {
        if (!double.IsFinite(value) || value < 0)
            throw new ArgumentOutOfRangeException(nameof(value), value, "A value is finite and not negative.");
        if (step <= _last)
            return;
        var gap = _seen == 0 ? 1 : step - _last;
        _last = step;
        _known = default;
        Learn(value);
        _values.Add(gap, value);
        _levels.Add(gap, _level);
    }

    /// <summary>The highest value to be ready for.</summary>
    /// <param name="from">Steps after the last one observed, at least 1.</param>
    /// <param name="until">Not before <paramref name="from"/>.</param>
    /// <param name="now">Newest value, also of a step that is not over.</param>
    public double Upper(int from, int until, double now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(until, from);
        if (_seen == 0)
            return now;
        var upper = Math.Max(now, _level + Deviations * _deviation);
        if (now > SurgeRatio * _level && now > _level + SurgeDeviations * _deviation)
            upper = Math.Max(upper, Growth(now) * now);
        if (_known.From != from || _known.Until != until)
            _known = (from, until, Analogue(from, until));
        return Math.Max(upper, _known.Upper);
    }

    private void Learn(double value)
    {
        if (_seen++ < WarmUp)
        {
            // Nothing is unusual yet.
            var (error, weight) = (value - _level, 1.0 / _seen);
            _level += weight * error;
            _deviation += weight * ((_seen == 1 ? value / 10 : Math.Abs(error)) - _deviation);
            return;
        }

        var most = Math.Max(3 * _deviation + 0.01 * _level, 0.05 * value);
        var clipped = Math.Clamp(value - _level, -most, most);
        _deviation = Math.Max(_deviation + DeviationWeight * (Math.Abs(clipped) - _deviation), 0.01 * _level);
        _level = Math.Max(0, _level + LevelWeight * clipped);
    }

    /// <summary>What came next on days that were as this one is, as a multiple of their level then.</summary>
    private double Analogue(int from, int until)
    {
        var (count, surging) = (0, IsSurge(_values.Last));
        for (var day = 1; day <= Days - 1; day++)
        {
            var then = _values.Last - (long)day * stepsPerDay;
            if (double.IsNaN(_values[then]) || IsSurge(then) != surging || _levels[then] <= 0)
                continue;
            var highest = 0.0;
            for (var step = from; step <= Math.Min(until, stepsPerDay - 1); step++)
                if (_values[then + step] is var value && !double.IsNaN(value))
                    highest = Math.Max(highest, value);
            _next[count++] = highest / _levels[then];
        }

        if (count < LeastAnalogues)
            return 0;
        Array.Sort(_next, 0, count);
        return _level * _next[Math.Min(count - 1, (int)(Percentile * count))];
    }

    private double Growth(double now)
    {
        if (!IsSurge(_values.Last) || !IsSurge(_values.Last - 1))
            return SurgeBegins;
        var since = now / _values[_values.Last];
        return Math.Clamp(since * since, SurgeGoesOn, SurgeMost);
    }

    private bool IsSurge(long step) => _values[step] > SurgeRatio * _levels[step];

    private static SeriesHistory Empty(int stepsPerDay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stepsPerDay, 1);
        return new(checked(stepsPerDay * Days), means: false);
    }
}
