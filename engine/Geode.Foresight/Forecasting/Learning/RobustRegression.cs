using System.Numerics;
using System.Runtime.InteropServices;

namespace Geode.Foresight.Forecasting.Learning;

/// <summary>
/// Linear regression learned one example at a time: recursive least squares with forgetting (Haykin, <i>Adaptive Filter Theory</i>, chapter on
/// RLS), begun as a ridge regression. Each example weighs the inverse of its error, which makes it a regression on the median, that is, of
/// least absolute errors (iteratively reweighted least squares): bursts hardly move it.
/// </summary>
internal sealed class RobustRegression
{
    // The inverse of how strongly coefficients are held to 0 at first.
    private const double Prior = 0.02;

    // Errors below this count all the same, in the target's unit.
    private const double SmallError = 0.4;

    private readonly int _size;
    private readonly double _forgetting;
    private readonly double[] _coefficients;
    private readonly double[] _covariance;
    private readonly double[] _product;
    private double _trace;

    /// <param name="features">How many numbers an example has.</param>
    /// <param name="memory">Examples after which one counts a third (1/e) of a new one.</param>
    public RobustRegression(int features, double memory)
    {
        _size = features;
        _forgetting = 1 - (1 / memory);
        _coefficients = new double[features];
        _product = new double[features];
        _covariance = new double[features * features];
        for (var i = 0; i < features; i++)
            _covariance[(i * features) + i] = Prior;
        _trace = Prior * features;
    }

    public double Predict(ReadOnlySpan<double> example) => Dot(_coefficients, example);

    /// <param name="example">What is known.</param>
    /// <param name="target">What came of it.</param>
    public void Learn(ReadOnlySpan<double> example, double target)
    {
        var error = target - Predict(example);
        var weight = 1 / Math.Max(Math.Abs(error), SmallError);
        for (var row = 0; row < _size; row++)
            _product[row] = Dot(_covariance.AsSpan(row * _size, _size), example);
        var denominator = (_forgetting / weight) + Dot(_product, example);
        AddScaled(_coefficients, _product, error / denominator, 1);
        // Forgetting without anything new would let the covariance grow for ever: it never becomes larger than it was at first.
        var growth = _trace < Prior * _size ? 1 / _forgetting : 1;
        _trace = 0;
        for (var row = 0; row < _size; row++)
        {
            AddScaled(_covariance.AsSpan(row * _size, _size), _product, -_product[row] / denominator, growth);
            _trace += _covariance[(row * _size) + row];
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var wideA = MemoryMarshal.Cast<double, Vector<double>>(a);
        var wideB = MemoryMarshal.Cast<double, Vector<double>>(b);
        var sums = Vector<double>.Zero;
        for (var i = 0; i < wideA.Length; i++)
            sums += wideA[i] * wideB[i];
        var sum = Vector.Sum(sums);
        for (var i = wideA.Length * Vector<double>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    // to = (to + by × scale) × growth
    private static void AddScaled(Span<double> to, ReadOnlySpan<double> by, double scale, double growth)
    {
        var wideTo = MemoryMarshal.Cast<double, Vector<double>>(to);
        var wideBy = MemoryMarshal.Cast<double, Vector<double>>(by);
        for (var i = 0; i < wideTo.Length; i++)
            wideTo[i] = (wideTo[i] + (wideBy[i] * scale)) * growth;
        for (var i = wideTo.Length * Vector<double>.Count; i < to.Length; i++)
            to[i] = (to[i] + (by[i] * scale)) * growth;
    }
}
