using Geode.Router.Configuration;

namespace Geode.Router.Origins;

/// <summary>How many requests an origin is given at once: cut in proportion when its answers slow down under load, grown
/// while it is used up and they do not. Little's law without knowing the capacity.</summary>
internal sealed class ConcurrencyLimit(Live<ConcurrencyOptions> options)
{
    /// <summary>A slice with fewer answers says nothing.</summary>
    private const int Minimum = 3;

    private const int QueueFactor = 4;
    private const int QueueLeast = 64;
    private const double Growth = 1.1;
    private const double DeepestCut = 0.3;

    /// <summary>Share of the limit above which it counts as used.</summary>
    private const double Used = 0.5;

    private double _limit = options.Value.Initial;
    private volatile int _current = options.Value.Initial;

    /// <summary>Above it requests go elsewhere, if there is an elsewhere.</summary>
    public int Current => _current;

    /// <summary>Above it requests are refused. A limit found by measuring can be wrong, and so refuses nobody by itself: there is
    /// room for a short queue first.</summary>
    public int Hard => Math.Min(options.Value.Max, Math.Max(_current * QueueFactor, QueueLeast));

    /// <summary>Whether the last slice was cut and there was still something to cut.</summary>
    public bool Overloaded { get; private set; }

    /// <summary>Takes a slice of time into account. One caller at a time.</summary>
    /// <param name="peak">Most requests in flight during the slice.</param>
    public void Fold(OriginLatency latency, int answers, int peak)
    {
        var o = options.Value;
        Overloaded = false;
        if (answers < Minimum || latency.BaselineMs <= 0)
            return;
        var allowed = latency.BaselineMs * o.Tolerance + o.MarginMs;
        if (latency.SliceMs > allowed && peak > o.Min)
        {
            // From what was in flight, since a limit far above it limits nothing.
            Overloaded = _limit > o.Min;
            _limit = Math.Min(_limit, peak * Math.Clamp(allowed / latency.SliceMs, DeepestCut, 0.95));
        }
        else if (latency.SliceMs <= allowed && peak >= _limit * Used)
        {
            _limit *= Growth;
        }

        _limit = Math.Clamp(_limit, o.Min, o.Max);
        _current = (int)_limit;
    }
}
