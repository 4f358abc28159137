namespace Geode.Cli.Simulation.World;

/// <summary>Counts times in bins that grow by 2 %, from 1 ms to beyond any patience.</summary>
internal sealed class LatencyHistogram
{
    private const double Least = 0.001;
    private static readonly double Growth = Math.Log(1.02);
    private readonly double[] _bins = new double[700];

    public void Add(double seconds, double requests)
    {
        var bin = seconds <= Least ? 0 : (int)(Math.Log(seconds / Least) / Growth);
        _bins[Math.Min(bin, _bins.Length - 1)] += requests;
    }

    public void Add(LatencyHistogram other)
    {
        for (var bin = 0; bin < _bins.Length; bin++)
            _bins[bin] += other._bins[bin];
    }

    /// <summary>In milliseconds; 0 when nothing was counted.</summary>
    public double Percentile(double share)
    {
        var left = share * _bins.Sum();
        if (left <= 0)
            return 0;
        for (var bin = 0; bin < _bins.Length; bin++)
            if ((left -= _bins[bin]) <= 0)
                return Least * Math.Exp(Growth * (bin + 0.5)) * 1000;
        return Least * Math.Exp(Growth * _bins.Length) * 1000;
    }
}
