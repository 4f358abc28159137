using Geode.Router.Configuration;
using Geode.Router.Origins;

namespace Geode.Router.Health;

/// <summary>Decides when an origin is an outlier against its own history: its answers have become many times slower, and stay so.</summary>
internal sealed class DegradedPolicy(Live<HealthOptions> options)
{
    /// <summary>A slice with fewer answers says nothing.</summary>
    private const int Minimum = 3;

    /// <summary>Slices in a row; a pause of the collector or a cold cache fits in two.</summary>
    private const int Slices = 3;

    private int _slow;

    /// <returns>Why the origin is degraded now, or null.</returns>
    public string? Fold(OriginLatency latency, int answers)
    {
        if (answers < Minimum || latency.BaselineMs <= 0)
            return null;
        var slow = latency.SliceMs > latency.BaselineMs * options.Value.DegradedFactor
            && latency.SliceMs > latency.BaselineMs + options.Value.DegradedMinimumMs;
        _slow = slow ? _slow + 1 : 0;
        if (_slow < Slices)
            return null;
        _slow = 0;
        return FormattableString.Invariant($"median {latency.SliceMs:0.#} ms, was {latency.BaselineMs:0.#} ms");
    }

    /// <summary>Whether the last slices look as if it might be degraded: then they are not what is normal.</summary>
    public bool Suspects => _slow > 0;
}
