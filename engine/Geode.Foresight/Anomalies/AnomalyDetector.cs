namespace Geode.Foresight.Anomalies;

/// <summary>
/// Scores how unusual each new point of one metric is. Several signals (<see cref="Signal"/>) say how far it is from what was expected;
/// how improbable each is, by its own history, is put together to one score. The idea of judging by the likelihood of forecast errors
/// is that of Ahmad, Lavin, Purdy and Agha, <i>Unsupervised real-time anomaly detection for streaming data</i> (2017); the likelihood
/// here is that of extreme values. Each observation takes constant time and memory.
/// </summary>
/// <param name="settings">How long a day is, and how much is remembered.</param>
/// <exception cref="ArgumentOutOfRangeException">A setting makes no sense.</exception>
public sealed class AnomalyDetector(AnomalySettings settings)
{
    /// <summary>From this score on a point is an anomaly.</summary>
    public const double Alarm = 0.5;

    // The decimal logarithm of blocks (of 36 points) among which one may alarm, after a history of so many points; the longer the
    // history, the rarer an alarm, so that a long life does not bring as many false ones as its length.
    private const double AlarmRarity = 2.55;
    private const double AlarmHistory = 4000;
    private const double HistoryWeight = 0.5;
    private const int LeastHistory = 50;

    // Points before signals are learned: means begin at nothing.
    private const int Settling = 10;

    // The exponent of the norm that puts the signals together: near to the highest, and a little more when several are high.
    private const double Norm = 8;
    private const double Huge = 1e100;

    private readonly Signals _signals = new(settings.Day, settings.Least);
    private readonly TailRarity[] _tails = [.. Enumerable.Range(0, Signals.Count).Select(_ => new TailRarity(settings.History))];
    private long _seen;

    /// <summary>What it was made with.</summary>
    public AnomalySettings Settings { get; } = settings.Checked();

    /// <summary>What was most unusual about the last point.</summary>
    public Signal Why { get; private set; }

    /// <summary>Whether too little was seen for a score.</summary>
    public bool WarmingUp => _seen <= Settings.WarmUp;

    /// <summary>Scores a point, and learns from it.</summary>
    /// <param name="at">When it was measured; points come in this order, gaps are allowed.</param>
    /// <param name="value">Not a number: not measured, which is neither scored nor learned.</param>
    /// <returns>0 (usual) to 1; from <see cref="Alarm"/> on it is an anomaly. 0 while it warms up.</returns>
    public double Score(DateTimeOffset at, double value)
    {
        if (double.IsNaN(value)) return 0;
        Span<double> signals = stackalloc double[Signals.Count];
        _signals.Take(at, Math.Clamp(value, -Huge, Huge), signals);
        var score = ++_seen <= Settings.WarmUp ? 0 : Judge(signals);
        if (_seen > Settling) Learn(signals);
        return score;
    }

    private double Judge(ReadOnlySpan<double> signals)
    {
        var (sum, highest) = (0d, -1d);
        for (var i = 0; i < signals.Length; i++)
        {
            var rarity = double.IsNaN(signals[i]) ? 0 : _tails[i].Of(signals[i]);
            sum += Math.Pow(rarity, Norm);
            if (rarity > highest) (highest, Why) = (rarity, (Signal)i);
        }

        if (highest <= 0) return 0;
        var history = Math.Max(Math.Min(_seen, Settings.History), LeastHistory);
        var rarest = Math.Pow(sum, 1 / Norm) - (HistoryWeight * Math.Log10(history / AlarmHistory));
        return 1 - Math.Pow(2, -Math.Max(rarest, 0) / AlarmRarity);
    }

    private void Learn(ReadOnlySpan<double> signals)
    {
        for (var i = 0; i < signals.Length; i++)
        {
            if (!double.IsNaN(signals[i])) _tails[i].Add(signals[i]);
        }
    }
}
