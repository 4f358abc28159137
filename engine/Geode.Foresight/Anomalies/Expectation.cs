namespace Geode.Foresight.Anomalies;

/// <summary>
/// What the next value is expected to be, by the best of three simple online forecasts: the level (exponential smoothing), the time of
/// day and the time of week, each of the latter shifted by how far the series was from it lately. The best is the one with the least
/// exponentially smoothed absolute error (Hyndman and Athanasopoulos, <i>Forecasting</i>, chs. 5 and 8).
/// </summary>
/// <param name="day">How long a day is.</param>
internal sealed class Expectation(TimeSpan day)
{
    private const double LevelWeight = 0.15;
    private const int DaysOfWeek = 7;
    private readonly Season _day = new(48);
    private readonly Season _week = new(168);
    private double? _level;
    private double _levelError;

    /// <summary>The last value less what was expected.</summary>
    public double Error { get; private set; }

    /// <summary>The last value less the usual one at that time of day or week; null while no season is known.</summary>
    public double? SeasonError { get; private set; }

    /// <summary>Compares a value with what was expected, and learns it.</summary>
    public void Take(DateTimeOffset at, double value)
    {
        var dayPhase = Phase(at, day.Ticks);
        var weekPhase = Phase(at, day.Ticks * DaysOfWeek);
        var level = value - (_level ?? value);
        _day.Compare(dayPhase, value);
        _week.Compare(weekPhase, value);

        Error = level;
        var least = _levelError;
        foreach (var season in (ReadOnlySpan<Season>)[_day, _week])
        {
            if (season.Known && season.MeanError < least) (Error, least) = (season.Error, season.MeanError);
        }

        SeasonError = _week.Known && !(_day.MeanError <= _week.MeanError) ? _week.Difference : _day.Known ? _day.Difference : null;

        _levelError += Season.ErrorWeight * (Math.Abs(level) - _levelError);
        _level = _level + (LevelWeight * level) ?? value;
        _day.Learn(dayPhase, value, _levelError);
        _week.Learn(weekPhase, value, _levelError);
    }

    private static double Phase(DateTimeOffset at, long season) => at.UtcTicks % season / (double)season;

    private sealed class Season(int parts)
    {
        public const double ErrorWeight = 0.01;
        private const double ShiftWeight = 0.4;
        private const int Trial = 200;
        private readonly SeasonProfile _profile = new(parts);
        private double _shift;
        private int _compared;
        private double? _usual;

        public double MeanError { get; private set; }

        public double Difference { get; private set; }

        public double Error => Difference - _shift;

        public bool Known => _compared > Trial && _usual is not null;

        public void Compare(double phase, double value)
        {
            _usual = _profile.At(phase);
            Difference = value - _usual ?? 0;
        }

        public void Learn(double phase, double value, double levelError)
        {
            if (_usual is not null)
            {
                if (++_compared == 1) MeanError = levelError;
                MeanError += ErrorWeight * (Math.Abs(Error) - MeanError);
                _shift += ShiftWeight * Error;
            }

            _profile.Add(phase, value);
        }
    }
}
