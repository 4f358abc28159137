using Geode.Foresight.Forecasting.Intervals;
using Geode.Foresight.Forecasting.Learning;

namespace Geode.Foresight.Forecasting;

/// <summary>Forecasts one series at one horizon: what each method expects, mixed by how right each was at this horizon.</summary>
internal sealed class HorizonForecaster
{
    private readonly SeriesState _state;
    private readonly LearnedModel[] _models = [new(LearnedModel.Lags, 3000), new(LearnedModel.Features, 1000), new(LearnedModel.Features, 10_000)];
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
        _state.Describe(outlook, pending.Features);
        var methods = _state.Methods;
        for (var i = 0; i < methods.Length; i++)
        {
            var forecast = methods[i].Forecast(outlook);
            pending.Forecasts[i] = double.IsNaN(forecast) ? outlook.Level : Math.Max(0, forecast);
        }

        for (var i = 0; i < _models.Length; i++)
            pending.Forecasts[methods.Length + i] = Math.Max(0, _models[i].Forecast(pending.Features, outlook.Level, outlook.Spread));

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
