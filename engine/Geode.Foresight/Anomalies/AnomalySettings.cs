namespace Geode.Foresight.Anomalies;

/// <param name="Day">How long a day of the load is: 24 hours, or less where a day is compressed.</param>
/// <param name="WarmUp">Observations without a score: what is normal is learned from them.</param>
/// <param name="Least">The smallest deviation that matters, in the metric's unit; a smaller one counts as none.</param>
/// <param name="History">How many observations are remembered; what is older is forgotten.</param>
public sealed record AnomalySettings(TimeSpan Day, int WarmUp = 300, double Least = 0, int History = 20_000)
{
    /// <summary>For metrics of real time.</summary>
    public static AnomalySettings Default { get; } = new(TimeSpan.FromDays(1));

    /// <summary>These, if they make sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One makes none; the message names it.</exception>
    internal AnomalySettings Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Day, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Day, TimeSpan.FromDays(366));
        ArgumentOutOfRangeException.ThrowIfNegative(WarmUp);
        ArgumentOutOfRangeException.ThrowIfNegative(History);
        return Least >= 0 && double.IsFinite(Least) ? this : throw new ArgumentOutOfRangeException(nameof(Least), Least, "It is finite and not negative.");
    }
}
