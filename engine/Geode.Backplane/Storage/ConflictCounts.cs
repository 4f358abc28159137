namespace Geode.Backplane.Storage;

/// <summary>How many losing versions a replica has met since it started, by what they lost to. Written by the replica's writer.</summary>
public sealed class ConflictCounts
{
    private long _insert;
    private long _replace;
    private long _delete;

    /// <summary>Items of one id created in two regions.</summary>
    public long Insert => Volatile.Read(ref _insert);

    /// <summary>One item changed in two regions.</summary>
    public long Replace => Volatile.Read(ref _replace);

    /// <summary>One item changed in one region and deleted in another.</summary>
    public long Delete => Volatile.Read(ref _delete);

    /// <summary>Counts what is new in a merge.</summary>
    internal void Count(Document? before, Document after)
    {
        if (after.Conflict is not { Others: var losers } || losers.Count <= (before?.Conflict?.Others.Count ?? 0))
            return;
        if (after.Deleted)
            _delete++;
        else if (losers.Any(l => l.Rid != after.Rid))
            _insert++;
        else
            _replace++;
    }
}
