namespace Geode.Bench.Forecasts.Simple;

/// <summary>A forecast as anybody would make it at first: what a better one has to beat.</summary>
internal interface ISimpleForecast
{
    string Name { get; }

    /// <summary>Chooses its parameters, if it has any, so that the mean absolute error on these values is least at this horizon.</summary>
    /// <param name="train">One value a step.</param>
    /// <param name="horizon">In steps.</param>
    void Fit(ReadOnlySpan<double> train, int horizon);

    /// <summary>Forecasts <c>values[at + horizon]</c> from <c>values[..(at + 1)]</c>, for each <c>at</c>.</summary>
    /// <param name="values">One value a step.</param>
    /// <param name="horizon">In steps.</param>
    double[] Forecast(ReadOnlySpan<double> values, int horizon);
}
