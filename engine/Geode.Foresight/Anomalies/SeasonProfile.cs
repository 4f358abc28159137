namespace Geode.Foresight.Anomalies;

/// <summary>What a series is like at each time of its season: one exponentially smoothed mean for each part of it.</summary>
/// <param name="parts">Of the season.</param>
internal sealed class SeasonProfile(int parts)
{
    private const double Newest = 0.15;
    private const int LeastSeasons = 2;

    private readonly double[] _means = new double[parts];
    private readonly int[] _seasons = new int[parts];
    private int _part = -1;
    private double _sum;
    private int _count;

    /// <param name="phase">How much of the season has passed, from 0 to below 1.</param>
    /// <returns>The mean at that time; null before it was seen in two seasons.</returns>
    public double? At(double phase) => _seasons[Part(phase)] >= LeastSeasons ? _means[Part(phase)] : null;

    /// <summary>Takes a value; a part's mean counts when the part is over.</summary>
    public void Add(double phase, double value)
    {
        var part = Part(phase);
        if (part != _part && _count > 0)
        {
            var seasons = ++_seasons[_part];
            _means[_part] += Math.Max(Newest, 1.0 / seasons) * ((_sum / _count) - _means[_part]);
            (_sum, _count) = (0, 0);
        }

        _part = part;
        _sum += value;
        _count++;
    }

    private int Part(double phase) => Math.Min((int)(phase * parts), parts - 1);
}
