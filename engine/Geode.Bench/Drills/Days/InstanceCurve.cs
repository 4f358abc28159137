namespace Geode.Bench.Drills.Days;

/// <summary>Instances of each region over time, those that start included: what was seen counts until something else is.</summary>
internal sealed class InstanceCurve
{
    private readonly List<(TimeSpan At, int[] Counts)> _seen = [];

    /// <param name="at">Since the day began, not before the last one.</param>
    /// <param name="counts">By region.</param>
    public void Add(TimeSpan at, int[] counts)
    {
        if (_seen.Count == 0 || !_seen[^1].Counts.AsSpan().SequenceEqual(counts))
            _seen.Add((at, counts));
    }

    /// <summary>How many there were on average; before the first look as many as then.</summary>
    public double Mean(int region, TimeSpan from, TimeSpan to)
    {
        if (_seen.Count == 0)
            return 0;
        var sum = 0.0;
        for (var i = 0; i < _seen.Count; i++)
        {
            var begin = i == 0 || _seen[i].At < from ? from : _seen[i].At;
            var end = i + 1 == _seen.Count || _seen[i + 1].At > to ? to : _seen[i + 1].At;
            if (end > begin)
                sum += (end - begin).TotalSeconds * _seen[i].Counts[region];
        }

        return sum / (to - from).TotalSeconds;
    }
}
