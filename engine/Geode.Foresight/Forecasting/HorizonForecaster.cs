using Geode.Foresight.Forecasting.Intervals;
using Geode.Foresight.Forecasting.Learning;

namespace Geode.Foresight.Forecasting;

/// <summary>Forecasts one series at one horizon: what each method expects, mixed by how right each was at this horizon.</summary>
internal sealed class HorizonForecaster
{
    private readonly SeriesState _state;
    private readonly LearnedModel[] _models = [new(LearnedModel.Lags), new(LearnedModel.Features)];
    private readonly MethodWeights _weights;
    private readonly ConformalInterval _interval;
    private readonly int _stepsPerDay;
    private readonly Pending[] _pending;

    public HorizonForecaster(int steps, SeriesState state, ForecastSettings settings)
    {
        Steps = steps;
        _state = state;
        _stepsPerDay = settings.StepsPerDay;
        var methods = state.Methods.Length + _models.Length;
        _weights = new MethodWeights(methods, memory: 1500);
        _interval = new ConformalInterval(settings.Coverage, memory: 120);
        _pending = [.. Enumerable.Range(0, steps).Select(_ => new Pending(methods))];
    }

    /// <summary>After the newest value.</summary>
    public int Steps { get; }

    public Forecast Current { get; private set; }

    /// <summary>Learns from the newest value what was forecast for it, and forecasts anew.</summary>
    public void Update()
    {
        var pending = _pending[_state.Step % Steps];
        if (pending.For == _state.Step) Learn(pending, _state.Last);
        Expect(pending);
    }

    private void Learn(Pending pending, double value)
    {
        foreach (var model in _models)
            model.Learn(pending.Features, pending.Level, pending.Spread, value);
        _weights.Learn(pending.Forecasts, value, pending.Spread);
        _interval.Learn(value - pending.Mixed, pending.Unit);
    }

    private void Expect(Pending pending)
    {
        var outlook = _state.Outlook(Steps);
        if (outlook.Spread == 0)
        {
            // Nothing but 0 so far: there is no unit to learn in.
            (pending.For, Current) = (-1, default);
            return;
        }

        _state.Describe(outlook, pending.Features);
        var methods = _state.Methods;
        for (var i = 0; i < methods.Length; i++)
        {
            var forecast = methods[i].Forecast(outlook);
            pending.Forecasts[i] = double.IsNaN(forecast) ? outlook.Level : Math.Max(0, forecast);
        }

        // What is learned may go wrong where it meets what it never saw. Half the range of all other methods is as far as it may leave it: a
        // trend needs that much.
        var (least, most) = Range(pending.Forecasts.AsSpan(0, methods.Length));
        (least, most) = (Math.Max(0, least - ((most - least) / 2)), most + ((most - least) / 2));
        for (var i = 0; i < _models.Length; i++)
            pending.Forecasts[methods.Length + i] = Math.Clamp(_models[i].Forecast(pending.Features, outlook.Level, outlook.Spread), least, most);

        var mixed = 0d;
        var weights = _weights.Current;
        for (var i = 0; i < weights.Length; i++)
            mixed += weights[i] * pending.Forecasts[i];
        (pending.For, pending.Level, pending.Spread) = (_state.Step + Steps, outlook.Level, outlook.Spread);
        (pending.Mixed, pending.Unit) = (mixed, _interval.Unit(outlook.Spread));
        Current = _interval.Around(mixed, pending.Unit, Widening());
    }

    // In the first day errors know nothing of the hours to come, and in the second each hour has been seen once: that may have been chance.
    private double Widening() => 1 + (0.5 * Math.Clamp(2 - ((_state.Step + Steps) / (double)_stepsPerDay), 0, 1));

    private static (double Least, double Most) Range(ReadOnlySpan<double> forecasts)
    {
        var (least, most) = (forecasts[0], forecasts[0]);
        foreach (var forecast in forecasts[1..])
            (least, most) = (Math.Min(least, forecast), Math.Max(most, forecast));
        return (least, most);
    }

    /// <summary>A forecast whose truth is still to come.</summary>
    private sealed class Pending(int methods)
    {
        public readonly double[] Features = new double[LearnedModel.Features];
        public readonly double[] Forecasts = new double[methods];
        public long For = -1;
        public double Level;
        public double Spread;
        public double Mixed;
        public double Unit;
    }
}
