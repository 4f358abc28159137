using Microsoft.Azure.Cosmos;

namespace Geode.Service.Backplane;

/// <summary>Bounds hedging to a tenth of the requests, after a first burst. A hedge helps when one region is slow; when everything is
/// slow because there is too much to do, hedging everything would triple the load and keep it that way.</summary>
public sealed class HedgeBudget
{
    private const double Burst = 100;
    private const double EarnedPerRequest = 0.1;

    private readonly Lock _lock = new();
    private double _left = Burst;

    /// <summary>For the options of a request: null (the client's own strategy) while there is budget, else no hedging.</summary>
    public AvailabilityStrategy? Strategy
    {
        get
        {
            lock (_lock)
                return _left >= 1 ? null : AvailabilityStrategy.DisabledStrategy();
        }
    }

    /// <summary>Takes what the request has cost.</summary>
    public void Spent(CosmosDiagnostics diagnostics) => Spent(diagnostics.HedgingStarted());

    internal void Spent(bool hedged)
    {
        lock (_lock)
            _left = Math.Clamp(_left + EarnedPerRequest - (hedged ? 1 : 0), 0, Burst);
    }
}
