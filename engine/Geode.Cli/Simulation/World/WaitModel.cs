using Geode.Foresight.Scaling;

namespace Geode.Cli.Simulation.World;

/// <summary>How long the requests of one step of time take in a geode: waiting behind what is queued, waiting by chance, and service.</summary>
/// <remarks>Chance by M/G/c as Allen and Cunneen approximate it: the wait of M/M/c (<see cref="ErlangC"/>) times <c>(1 + v²)/2</c> for service
/// times of variation <c>v</c>. Queues longer than that are a fluid: what comes beyond the capacity waits until it is worked off.</remarks>
internal sealed class WaitModel
{
    private const int ServicePoints = 8;
    private static readonly double[] WaitPoints = [.. Enumerable.Range(0, 4).Select(i => -Math.Log(1 - (i + 0.5) / 4))];
    private readonly double[] _service;
    private readonly double _mean;
    private readonly int _concurrency;
    private readonly double _spread;

    /// <param name="instance">What one instance can do.</param>
    /// <param name="variation">Standard deviation of service times by their mean.</param>
    public WaitModel(InstanceRate instance, double variation)
    {
        (_mean, _concurrency, _spread) = (instance.ServiceSeconds, instance.Concurrency, (1 + variation * variation) / 2);
        var sigma = Math.Sqrt(Math.Log(1 + variation * variation));
        var points = Enumerable.Range(0, ServicePoints).Select(i => Math.Exp(sigma * Normal.Quantile((i + 0.5) / ServicePoints))).ToArray();
        _service = [.. points.Select(p => p / points.Average() * _mean)];
    }

    /// <summary>Mean wait by chance of those that wait, in seconds, and the share that does.</summary>
    /// <param name="rate">Requests per second.</param>
    /// <param name="instances">That serve.</param>
    public (double Share, double Mean) ByChance(double rate, int instances)
    {
        var (servers, load) = (instances * _concurrency, rate * _mean);
        return load >= servers ? (1, 0) : (ErlangC.WaitProbability(servers, load), _spread * _mean / (servers - load));
    }

    /// <summary>Share of requests that take longer than a time.</summary>
    /// <param name="seconds">The time.</param>
    /// <param name="queued">Seconds that all wait behind what is queued.</param>
    /// <param name="chance">Of <see cref="ByChance"/>.</param>
    public double Longer(double seconds, double queued, (double Share, double Mean) chance)
    {
        var longer = 0.0;
        foreach (var service in _service)
        {
            var left = seconds - queued - service;
            longer += left < 0 ? 1 : chance.Mean <= 0 ? 0 : chance.Share * Math.Exp(-left / chance.Mean);
        }

        return longer / ServicePoints;
    }

    /// <summary>Adds the requests to a histogram.</summary>
    public void Record(LatencyHistogram histogram, double requests, double queued, (double Share, double Mean) chance)
    {
        foreach (var service in _service)
        {
            histogram.Add(queued + service, requests * (1 - chance.Share) / ServicePoints);
            foreach (var point in WaitPoints)
                histogram.Add(queued + service + point * chance.Mean, requests * chance.Share / (ServicePoints * WaitPoints.Length));
        }
    }
}
