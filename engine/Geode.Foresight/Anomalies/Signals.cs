namespace Geode.Foresight.Anomalies;

/// <summary>
/// Six ways in which a series can be unusual, each a number that is 0 or higher, in the unit of the series. All means are exponentially
/// smoothed; errors are those of <see cref="Expectation"/>. What is high for a signal, its own history tells (<see cref="TailRarity"/>).
/// </summary>
/// <param name="day">How long a day is.</param>
/// <param name="least">Smaller deviations count as none.</param>
internal sealed class Signals(TimeSpan day, double least)
{
    /// <summary>How many there are.</summary>
    public const int Count = 6;

    // Points over which the usual value is the mean; the other means' lengths are in points too.
    private const double Far = 1500;

    // A level that changes by less than this part of it is no shift.
    private const double LeastShift = 0.1;

    // What is smaller than this part of the value may come from rounding alone.
    private const double Rounding = 1e-9;
    private readonly Expectation _expectation = new(day);
    private readonly Mean _error = new(3);
    private readonly Mean _unrest = new(12);
    private readonly Mean _longUnrest = new(100);
    private readonly Mean _near = new(36);
    private readonly Mean _season = new(36);
    private double _usual;
    private double _least;
    private long _seen;
    private long _seasons;

    /// <summary>Takes a value.</summary>
    /// <param name="at">When it was measured.</param>
    /// <param name="value">Finite.</param>
    /// <param name="signals">Gets one for each <see cref="Signal"/>; not a number: not known yet.</param>
    public void Take(DateTimeOffset at, double value, Span<double> signals)
    {
        if (_seen == 0) _usual = _near.Start(value);
        _least = Math.Max(least, Rounding * Math.Abs(value));
        _expectation.Take(at, value);
        var error = _expectation.Error;

        signals[(int)Signal.Extreme] = Size(value - _usual);
        signals[(int)Signal.Surprise] = Size(_error.Add(error));
        signals[(int)Signal.Unrest] = Size(_unrest.Add(Math.Abs(error)));
        signals[(int)Signal.LongUnrest] = Size(_longUnrest.Add(Math.Abs(error)));
        signals[(int)Signal.Shift] = Size(_near.Add(value) - _usual) is var shift && shift >= LeastShift * Math.Abs(_usual) ? shift : 0;
        signals[(int)Signal.Season] = double.NaN;
        if (_expectation.SeasonError is { } season)
        {
            var mean = _season.Add(season);
            if (++_seasons > _season.Length) signals[(int)Signal.Season] = Size(mean);
        }

        _usual += Math.Max(1.0 / ++_seen, 1 / Far) * (value - _usual);
    }

    private double Size(double deviation) => Math.Abs(deviation) is var size && size > _least ? size : 0;

    private sealed class Mean(int length)
    {
        private double _mean;

        public int Length => length;

        public double Start(double value) => _mean = value;

        public double Add(double value) => _mean += (value - _mean) / length;
    }
}
