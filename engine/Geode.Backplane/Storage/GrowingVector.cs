namespace Geode.Backplane.Storage;

/// <summary>A version vector that is added to commit by commit, and copied only when somebody has taken it in between. Not
/// thread-safe; what it gives out never changes.</summary>
internal sealed class GrowingVector(VersionVector start)
{
    private VersionVector _value = start;
    private bool _isOwn;

    // Commits of one region mostly come one after the other.
    private int _lastPlace;

    public long this[RegionId region] => _value.SequenceOf(region, ref _lastPlace);

    public VersionVector Take()
    {
        _isOwn = false;
        return _value;
    }

    public void Add(Dot dot)
    {
        if (_isOwn && _value.Raise(dot, ref _lastPlace))
            return;
        var grown = _value.With(dot);
        _isOwn |= !ReferenceEquals(grown, _value);
        _value = grown;
    }
}
