using Geode.Backplane.Storage;

namespace Geode.Backplane.Replication;

/// <summary>Finds commits that can never be met by a write that does not know them: every region has them, and every write that a
/// region made before it had them has arrived here. Only then may a deletion be forgotten.</summary>
/// <remarks>When a peer reports what it has, that report covers the commits in question and its own writes up to it; a later write
/// of that peer has seen them. So it is enough to wait until this replica has each peer's writes up to its report.</remarks>
public sealed class Stability(Replica replica)
{
    private VersionVector? _everywhere;
    private VersionVector _reports = VersionVector.Empty;

    /// <summary>What is stable by now; null when nothing has become so since the last call.</summary>
    /// <param name="acknowledged">The latest report of every peer.</param>
    public VersionVector? Next(IReadOnlyDictionary<RegionId, VersionVector> acknowledged)
    {
        var durable = replica.Durable;
        VersionVector? stable = null;
        if (_everywhere is { } candidate && durable.Covers(_reports))
            (stable, _everywhere) = (candidate, null);
        if (_everywhere is null)
        {
            _everywhere = Everywhere(durable, acknowledged.Values);
            _reports = VersionVector.Of(acknowledged.Select(a => new Dot(a.Key, a.Value[a.Key])));
        }

        return stable;
    }

    /// <summary>What all of these have.</summary>
    public static VersionVector Everywhere(VersionVector own, IEnumerable<VersionVector> others) => others.Aggregate(own, (known, vector) => known.Meet(vector));
}
