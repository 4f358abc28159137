namespace Geode.Foresight.Forecasting.Learning;

/// <summary>What is learned for one horizon: how far from the level the series will be, from where it has just been and what other days did.</summary>
/// <param name="features">How many of the features it sees, from the first on.</param>
/// <param name="memory">Examples after which one counts a third of a new one.</param>
internal sealed class LearnedModel(int features, double memory)
{
    /// <summary>All features.</summary>
    public const int Features = 21;

    /// <summary>The first ones, which know no season.</summary>
    public const int Lags = 10;

    private readonly RobustRegression _regression = new(features, memory);

    /// <param name="known">The features.</param>
    /// <param name="level">When they were taken.</param>
    /// <param name="spread">When they were taken.</param>
    public double Forecast(ReadOnlySpan<double> known, double level, double spread) => level + (spread * _regression.Predict(known[..features]));

    /// <param name="known">The features.</param>
    /// <param name="level">When they were taken.</param>
    /// <param name="spread">When they were taken.</param>
    /// <param name="value">What came.</param>
    public void Learn(ReadOnlySpan<double> known, double level, double spread, double value) =>
        _regression.Learn(known[..features], (value - level) / spread);
}
