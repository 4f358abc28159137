namespace Geode.Foresight.Anomalies;

/// <summary>
/// How rarely a signal gets as high as it is now. The signal is cut into blocks of equal length and of each only the highest value is
/// kept, so that one incident counts once (block maxima; Coles, <i>An Introduction to Statistical Modeling of Extreme Values</i>, ch. 3).
/// Beyond what was seen, the highest of them are continued by a Pareto tail with Hill's exponent (Hill 1975; Weissman 1978), averaged
/// over several choices of how many are the highest (as Resnick and Stărică 1997 smooth it). It only compares values with one another:
/// a signal in another unit is as rare.
/// </summary>
/// <param name="history">Observations that count; what is older is forgotten.</param>
internal sealed class TailRarity(int history)
{
    /// <summary>Observations in a block.</summary>
    public const int Block = 36;

    private const int LeastTail = 4;
    private const int LeastBlocks = 8;

    // No tail is taken to be lighter than this (the inverse of Hill's exponent): a few values that are nearly equal say little.
    private const double LightestTail = 0.1;
    private static readonly double[] Shares = [0.1, 0.15, 0.2];

    private readonly int _capacity = Math.Max(LeastBlocks, history / Block);
    private readonly Queue<double> _inOrder = new();
    private readonly List<double> _sorted = [];
    private readonly Tail[] _tails = new Tail[Shares.Length];
    private double _highest = double.NegativeInfinity;
    private int _inBlock;

    /// <summary>The decimal logarithm of the number of blocks among which one is expected to get so high; 0 for what many reach, and
    /// while too little is known.</summary>
    /// <param name="value">Not negative.</param>
    public double Of(double value)
    {
        if (_sorted.Count < LeastBlocks || value <= 0) return 0;
        var logarithm = Math.Log(value);
        var sum = 0d;
        foreach (var tail in _tails) sum += tail.Rarity(logarithm);
        return sum / Shares.Length;
    }

    /// <summary>Takes the next value.</summary>
    public void Add(double value)
    {
        _highest = Math.Max(_highest, value > 0 ? Math.Log(value) : double.NegativeInfinity);
        if (++_inBlock < Block) return;
        if (_inOrder.Count == _capacity) _sorted.RemoveAt(_sorted.BinarySearch(_inOrder.Dequeue()));
        _inOrder.Enqueue(_highest);
        var at = _sorted.BinarySearch(_highest);
        _sorted.Insert(at < 0 ? ~at : at, _highest);
        (_highest, _inBlock) = (double.NegativeInfinity, 0);
        for (var i = 0; i < Shares.Length; i++) _tails[i] = Fit(Shares[i]);
    }

    private Tail Fit(double share)
    {
        var count = _sorted.Count;
        var high = Math.Min(count, Math.Max(LeastTail, (int)Math.Ceiling(share * count)));
        while (high > 0 && double.IsNegativeInfinity(_sorted[count - high])) high--;
        if (high == 0) return new(double.NegativeInfinity, 1, Math.Log10(count) + 1);
        var least = _sorted[count - high];
        var excess = 0d;
        for (var i = count - high; i < count; i++) excess += _sorted[i] - least;
        return new(least, Math.Max(excess / high, LightestTail), Math.Log10((double)count / high));
    }

    // Logarithms: from where on it is the tail, its mean excess over that, and how rare its beginning is.
    // Where no block had any deviation, the first one is rarer than all that was seen.
    private readonly record struct Tail(double From, double Excess, double Rarest)
    {
        private const double Log10E = 0.43429448190325182;

        public double Rarity(double logarithm) =>
            double.IsNegativeInfinity(From) ? Rarest
            : logarithm > From ? Rarest + ((logarithm - From) / Excess * Log10E)
            : 0;
    }
}
