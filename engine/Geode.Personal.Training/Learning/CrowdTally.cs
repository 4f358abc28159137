using Geode.Personal.Learned;

namespace Geode.Personal.Training.Learning;

/// <summary>Counts what all visitors do, deed by deed in the order of time, so that at each time it is known what was known then.</summary>
internal sealed class CrowdTally
{
    private const double Shrink = 5;

    private readonly Dictionary<string, int> _index;
    private readonly int[][] _tags;
    private readonly TimeSpan _halfLife;
    private readonly double[] _counts;
    private readonly double[] _values;
    private readonly double[] _recent;
    private readonly double[] _tagRecent;

    // Decay is kept as growth of what is added, which is the same but for a factor.
    private double _weight = 1;
    private DateTimeOffset? _last;
    private double _sum;
    private double _count;

    /// <param name="ids">Of items, by index.</param>
    /// <param name="halfLife">In which a deed loses half of its weight for the trend.</param>
    public CrowdTally(string[] ids, TagFacts[] tags, IReadOnlyDictionary<string, Item> items, TimeSpan halfLife)
    {
        var tagIndex = tags.Select((t, i) => (t.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
        _index = ids.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i, StringComparer.Ordinal);
        _tags = Array.ConvertAll(ids, id => items.TryGetValue(id, out var item) ? item.Tags.Distinct(StringComparer.Ordinal).Where(tagIndex.ContainsKey).Select(t => tagIndex[t]).ToArray() : []);
        _halfLife = halfLife;
        (_counts, _values, _recent, _tagRecent) = (new double[ids.Length], new double[ids.Length], new double[ids.Length], new double[tags.Length]);
    }

    public void Add(Deed deed)
    {
        if (!_index.TryGetValue(deed.Item, out var item)) return;
        Grow(deed.At);
        _counts[item]++;
        _values[item] += deed.Value;
        _recent[item] += _weight;
        foreach (var tag in _tags[item]) _tagRecent[tag] += _weight;
        (_sum, _count) = (_sum + deed.Value, _count + 1);
    }

    public Crowd Crowd()
    {
        var (most, trend, tagTrend, mean) = (Log(_counts.Append(1).Max()), Log(_recent.Append(_weight).Max() / _weight), _tagRecent.Append(_weight).Max(), _count > 0 ? _sum / _count : 0);
        var standings = new ItemStanding[_counts.Length];
        for (var i = 0; i < standings.Length; i++)
        {
            standings[i] = new(
                (float)(Log(_counts[i]) / most), (float)(Log(_recent[i] / _weight) / trend), (float)Math.Clamp((_values[i] + Shrink * mean) / (_counts[i] + Shrink), -1, 1));
        }

        return new(standings, Array.ConvertAll(_tagRecent, t => (float)(t / tagTrend)));
    }

    private void Grow(DateTimeOffset at)
    {
        if (_last is { } last && at > last) _weight *= Math.Pow(2, Math.Min((at - last) / _halfLife, 100));
        if (_last is null || at > _last) _last = at;
        if (_weight < 1e100) return;
        foreach (var sums in (double[][])[_recent, _tagRecent])
            for (var i = 0; i < sums.Length; i++)
                sums[i] /= _weight;
        _weight = 1;
    }

    private static double Log(double count) => Math.Log2(1 + count);
}
