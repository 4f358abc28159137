namespace Geode.Foresight.Forecasting;

/// <summary>The newest values of a series, one a step, with the mean of any window of them in constant time. Steps that were left out hold
/// no value.</summary>
internal sealed class SeriesHistory(int capacity)
{
    private readonly float[] _values = new float[capacity];
    // Of all values up to that step, so that a window's sum is a difference.
    private readonly double[] _sums = new double[capacity];
    private readonly int[] _counts = new int[capacity];
    private double _sum;
    private int _count;
    private int _slot = -1;

    /// <summary>Number of the newest step, from 0; −1 before the first.</summary>
    public long Last { get; private set; } = -1;

    private long First => Math.Max(0, Last - capacity + 1);

    /// <summary>The value of a step; not a number where there was none, it is too old or it is still to come.</summary>
    public double this[long step] => step < First || step > Last ? double.NaN : _values[SlotOf(step)];

    /// <param name="gap">Steps since the value before.</param>
    /// <param name="value">Of the newest step.</param>
    public void Add(long gap, double value)
    {
        // What lies farther back than all that is kept leaves nothing behind.
        var skipped = Math.Min(gap - 1, capacity);
        Last += gap - 1 - skipped;
        for (; skipped > 0; skipped--)
            Append(double.NaN);
        Append(value);
    }

    /// <summary>The mean of the values from one step to another, both included; not a number where there are none.</summary>
    public double Mean(long from, long to)
    {
        from = Math.Max(from, First + 1);
        to = Math.Min(to, Last);
        if (to < from) return double.NaN;
        var (end, before) = (SlotOf(to), SlotOf(from - 1));
        var count = _counts[end] - _counts[before];
        return count == 0 ? double.NaN : (_sums[end] - _sums[before]) / count;
    }

    private void Append(double value)
    {
        Last++;
        if (++_slot == capacity)
        {
            _slot = 0;
            Rebase();
        }

        _values[_slot] = (float)value;
        if (!double.IsNaN(value))
        {
            _sum += value;
            _count++;
        }

        _sums[_slot] = _sum;
        _counts[_slot] = _count;
    }

    // Sums that grew for ever would lose the small values. Once a round, every sum is lessened by the oldest one.
    private void Rebase()
    {
        var (sum, count) = (_sums[0], _counts[0]);
        for (var slot = 0; slot < capacity; slot++)
        {
            _sums[slot] -= sum;
            _counts[slot] -= count;
        }

        _sum -= sum;
        _count -= count;
    }

    private int SlotOf(long step)
    {
        var slot = _slot - (int)(Last - step);
        return slot < 0 ? slot + capacity : slot;
    }
}
