namespace Geode.Foresight.Anomalies;

/// <summary>
/// Watches the share of answers that are errors. Errors are bad by themselves, without comparison with earlier ones; but a few errors of
/// a few requests say little, so the lower end of the share's interval counts (Wilson 1927, <i>Probable inference, the law of
/// succession, and statistical inference</i>).
/// </summary>
internal sealed class ErrorWatch
{
    // Shares from which on errors matter, and are as bad as it gets.
    private const double Matters = 0.01;
    private const double Worst = 0.2;

    // Standard errors; two of them leave out what chance brings once in forty times.
    private const double Deviations = 2;

    // How much of what was seen still counts at the next report, with requests and without.
    private const double Kept = 0.8;
    private const double KeptIdle = 0.98;
    private double _requests;
    private double _errors;

    /// <summary>Share of errors among the last minute's answers.</summary>
    public double Share => _requests > 0 ? _errors / _requests : 0;

    /// <summary>From 0 (well) to 1.</summary>
    public double Severity => Math.Clamp((Lower() - Matters) / (Worst - Matters), 0, 1);

    /// <param name="requests">Since the last report.</param>
    /// <param name="share">Of them, with errors.</param>
    public void Take(double requests, double share)
    {
        var kept = requests >= 1 ? Kept : KeptIdle;
        _requests = (_requests * kept) + requests;
        _errors = (_errors * kept) + (requests * share);
    }

    private double Lower()
    {
        if (_requests <= 0) return 0;
        var (n, p, z) = (_requests, Share, Deviations);
        var middle = p + (z * z / (2 * n));
        var spread = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n)));
        return Math.Max(0, (middle - spread) / (1 + (z * z / n)));
    }
}
