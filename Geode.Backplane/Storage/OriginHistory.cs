namespace Geode.Backplane.Storage;

/// <summary>The durable commits that a replica can still hand to its peers, by origin, in the origin's order. Thread-safe.</summary>
public sealed class OriginHistory
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RegionId, List<Commit>> _origins = [];
    private VersionVector _floor = VersionVector.Empty;

    /// <summary>What can no longer be handed out: who lacks any of it has to be seeded with the whole state.</summary>
    public VersionVector Floor
    {
        get
        {
            lock (_gate)
                return _floor;
        }
    }

    public void Add(IEnumerable<Commit> commits)
    {
        lock (_gate)
        {
            foreach (var commit in commits)
            {
                if (!_origins.TryGetValue(commit.Dot.Region, out var list))
                    _origins[commit.Dot.Region] = list = [];
                list.Add(commit);
            }
        }
    }

    /// <summary>Commits of that origin after a sequence number, oldest first, at most so many.</summary>
    public IReadOnlyList<Commit> ReadAfter(RegionId origin, long sequence, int most)
    {
        lock (_gate)
        {
            if (!_origins.TryGetValue(origin, out var list))
                return [];
            var first = FirstAfter(list, sequence);
            return list.GetRange(first, Math.Min(most, list.Count - first));
        }
    }

    /// <summary>Forgets these commits: every peer has them.</summary>
    public void Trim(VersionVector everywhere)
    {
        lock (_gate)
        {
            foreach (var (origin, list) in _origins)
            {
                var count = FirstAfter(list, everywhere[origin]);
                if (count > 0)
                    _floor = _floor.With(list[count - 1].Dot);
                list.RemoveRange(0, count);
            }
        }
    }

    /// <summary>Begins anew above what came as a whole, commit by commit unknown.</summary>
    public void StartAfter(VersionVector floor)
    {
        lock (_gate)
        {
            _floor = _floor.Join(floor);
            foreach (var (origin, list) in _origins)
                list.RemoveRange(0, FirstAfter(list, _floor[origin]));
        }
    }

    /// <summary>All of it, for a snapshot.</summary>
    public IReadOnlyList<Commit> All()
    {
        lock (_gate)
            return [.. _origins.Values.SelectMany(l => l)];
    }

    /// <summary>How many commits are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _origins.Values.Sum(l => l.Count);
        }
    }

    private static int FirstAfter(List<Commit> list, long sequence)
    {
        var (low, high) = (0, list.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = list[middle].Dot.Sequence > sequence ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
