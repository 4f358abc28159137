using System.Runtime.InteropServices;

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

    public void Add(List<Commit> commits)
    {
        lock (_gate)
        {
            foreach (var commit in commits)
            {
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(_origins, commit.Dot.Region, out _);
                (list ??= []).Add(commit);
            }
        }
    }

    /// <summary>Commits of that origin after a sequence number, oldest first, at most so many.</summary>
    public void ReadAfter(RegionId origin, long sequence, int most, List<Commit> into)
    {
        lock (_gate)
        {
            if (!_origins.TryGetValue(origin, out var list))
                return;
            var first = FirstAfter(list, sequence);
            into.AddRange(CollectionsMarshal.AsSpan(list).Slice(first, Math.Min(most, list.Count - first)));
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
        // An origin's numbers mostly follow one another: then the place is known.
        if (list.Count == 0 || list[^1].Dot.Sequence <= sequence)
            return list.Count;
        var guess = list.Count - (list[^1].Dot.Sequence - sequence);
        if (guess > 0 && list[(int)guess - 1].Dot.Sequence == sequence)
            return (int)guess;
        var (low, high) = (0, list.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = list[middle].Dot.Sequence > sequence ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
