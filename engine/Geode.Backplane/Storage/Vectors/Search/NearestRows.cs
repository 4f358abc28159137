namespace Geode.Backplane.Storage.Vectors.Search;

/// <summary>Keeps the rows with the smallest numbers: a heap with the largest of them on top.</summary>
internal sealed class NearestRows(int most)
{
    private float[] _keys = new float[Math.Min(most, 64)];
    private int[] _rows = new int[Math.Min(most, 64)];

    public int Count { get; private set; }

    /// <summary>The rows in ascending order of their numbers; it is not to be added to afterwards.</summary>
    public (float[] Keys, int[] Rows) Sorted()
    {
        Array.Sort(_keys, _rows, 0, Count);
        return (_keys[..Count], _rows[..Count]);
    }

    public void Add(float key, int row)
    {
        if (Count == most)
        {
            if (key < _keys[0])
                SinkFromTop(key, row);
            return;
        }

        if (Count == _keys.Length)
        {
            var size = Math.Min(most, Count * 2);
            Array.Resize(ref _keys, size);
            Array.Resize(ref _rows, size);
        }

        var at = Count++;
        for (int above; at > 0 && _keys[above = (at - 1) / 2] < key; at = above)
            (_keys[at], _rows[at]) = (_keys[above], _rows[above]);
        (_keys[at], _rows[at]) = (key, row);
    }

    private void SinkFromTop(float key, int row)
    {
        var at = 0;
        for (int below; (below = (2 * at) + 1) < Count; at = below)
        {
            if (below + 1 < Count && _keys[below + 1] > _keys[below])
                below++;
            if (_keys[below] <= key)
                break;
            (_keys[at], _rows[at]) = (_keys[below], _rows[below]);
        }

        (_keys[at], _rows[at]) = (key, row);
    }
}
