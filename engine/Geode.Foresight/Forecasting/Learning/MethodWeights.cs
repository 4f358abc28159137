namespace Geode.Foresight.Forecasting.Learning;

/// <summary>
/// Weighs methods by their recent mean absolute error: the weight falls with a high power of it, so that a clearly better method has nearly all
/// the weight and equals share it. That is the exponentially weighted average forecaster (Cesa-Bianchi and Lugosi, <i>Prediction, Learning, and
/// Games</i>, section 2.1) with losses that fade, on the logarithm of the error, so that the series' scale does not matter.
/// </summary>
/// <param name="methods">How many there are.</param>
/// <param name="memory">Steps after which an error counts a third of a new one.</param>
internal sealed class MethodWeights(int methods, double memory)
{
    private readonly double[] _errors = new double[methods];
    private readonly double[] _weights = new double[methods];
    private readonly double _keep = 1 - (1 / memory);
    private bool _stale = true;

    /// <summary>One for each method; they add up to 1.</summary>
    public ReadOnlySpan<double> Current
    {
        get
        {
            if (_stale) Weigh();
            return _weights;
        }
    }

    /// <param name="forecasts">One for each method.</param>
    /// <param name="value">What came.</param>
    /// <param name="spread">The unit of errors.</param>
    public void Learn(ReadOnlySpan<double> forecasts, double value, double spread)
    {
        for (var method = 0; method < forecasts.Length; method++)
            _errors[method] = (_errors[method] * _keep) + (Math.Abs(forecasts[method] - value) / spread);
        _stale = true;
    }

    private void Weigh()
    {
        var least = _errors.Min() + 1e-9;
        var sum = 0d;
        for (var method = 0; method < methods; method++)
            sum += _weights[method] = Power(least / (_errors[method] + 1e-9));
        for (var method = 0; method < methods; method++)
            _weights[method] /= sum;
        _stale = false;
    }

    // To the power of 40.
    private static double Power(double x)
    {
        var x8 = x * x * x * x * x * x * x * x;
        return x8 * x8 * x8 * x8 * x8;
    }
}
