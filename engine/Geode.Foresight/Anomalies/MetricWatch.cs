namespace Geode.Foresight.Anomalies;

/// <summary>
/// Watches one metric of which only high values are bad, and says how bad it is. Something is wrong from the moment at which the
/// metric is higher than usual and either an anomaly (<see cref="AnomalyDetector"/>) or beyond doubt, report after report, and until it
/// is nearly as usual again. What is seen meanwhile is not learned, unless it lasts so long that it is the new normal.
/// </summary>
/// <param name="day">How long a day is.</param>
/// <param name="least">The smallest deviation that matters, in the metric's unit.</param>
internal sealed class MetricWatch(TimeSpan day, double least)
{
    /// <summary>Reports before anything is said.</summary>
    public const int Learning = 30;

    // Reports: so many in a row begin an incident and end it; an incident is over when nothing was measured for so long, and normal
    // when it lasted so long.
    private const int Row = 3;
    private const int Unmeasured = 30;
    private const int NewNormal = 360;

    private const double BeyondDoubt = 4;
    private const double NearlyUsual = 0.25;

    // So many times the usual is as bad as it gets.
    private const double Worst = 8;
    private const double UsualWeight = 1 / 360d;
    private const int History = 8640;

    private readonly AnomalyDetector _detector = new(new(day, Learning, least, History));
    private long _seen;
    private int _row;
    private int _unmeasured;
    private int _lasts;
    private bool _wrong;

    /// <summary>What it is outside of incidents, on average.</summary>
    public double Usual { get; private set; }

    /// <summary>The last value.</summary>
    public double Last { get; private set; }

    /// <summary>Whether the last value is no worse than usual, or only a little.</summary>
    public bool AsUsual => !_wrong && Last <= Usual + Near;

    /// <summary>From 0 (well) to 1, by how many times the usual it is.</summary>
    public double Severity => _wrong ? Math.Clamp(Math.Log((Last + least) / (Usual + least)) / Math.Log(Worst), 0, 1) : 0;

    /// <summary>Takes the metric's value of a report; null: not measured.</summary>
    public void Take(DateTimeOffset at, double? measured)
    {
        if (measured is not { } value || !double.IsFinite(value) || value < 0)
        {
            if (_wrong && ++_unmeasured >= Unmeasured) End();
            return;
        }

        _unmeasured = 0;
        Last = value;
        if (_wrong)
            During(value);
        else
            Outside(at, value);
    }

    private void Outside(DateTimeOffset at, double value)
    {
        // While something may be wrong the usual stays what it was.
        var anomaly = _detector.Score(at, value) >= AnomalyDetector.Alarm;
        var high = value > Usual + least && (anomaly || value > BeyondDoubt * (Usual + least));
        var counts = _seen >= Learning && (high || (_row > 0 && value > Usual + Near));
        _row = counts ? _row + 1 : 0;
        if (!counts) Usual += Math.Max(1.0 / ++_seen, UsualWeight) * (value - Usual);
        if (_row < Row) return;
        (_wrong, _row, _lasts) = (true, 0, 0);
    }

    private void During(double value)
    {
        _row = value <= Usual + Near ? _row + 1 : 0;
        if (++_lasts >= NewNormal) Usual = value;
        if (_row >= Row || _lasts >= NewNormal) End();
    }

    private double Near => Math.Max(least, NearlyUsual * Usual);

    private void End() => (_wrong, _row, _unmeasured) = (false, 0, 0);
}
