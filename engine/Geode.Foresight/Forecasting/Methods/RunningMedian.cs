namespace Geode.Foresight.Forecasting.Methods;

/// <summary>The median of the last values, which a burst shorter than half of them does not move.</summary>
/// <param name="window">How many values.</param>
internal sealed class RunningMedian(int window) : IForecastMethod
{
    private readonly double[] _newest = new double[window];
    private readonly double[] _sorted = new double[window];
    private int _count;
    private int _next;

    /// <summary>Not a number before the first value.</summary>
    public double Median => _count == 0 ? double.NaN : SortedValues.Median(_sorted, _count);

    public void Observe(long gap, double value)
    {
        // What is older than the window says nothing of now.
        if (gap > window) (_count, _next) = (0, 0);
        if (_count == window)
        {
            var oldest = Array.BinarySearch(_sorted, _newest[_next]);
            Array.Copy(_sorted, oldest + 1, _sorted, oldest, --_count - oldest);
        }

        _newest[_next] = value;
        _next = (_next + 1) % window;
        SortedValues.Insert(_sorted, _count++, value);
    }

    public double Forecast(in Outlook outlook) => Median;
}
