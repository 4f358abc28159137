using System.Collections.Concurrent;

namespace Geode.Service.Feeds;

/// <summary>What one processor of this process has done and how far behind it is.</summary>
internal sealed class FeedStatus(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, long> _highest = new();
    private long _handled;
    private long _redelivered;
    private long _putAside;
    private long _owned;
    private long _lagMilliseconds;

    /// <summary>Leases held now.</summary>
    public long Owned => Interlocked.Read(ref _owned);

    /// <summary>Changes that were handled or put aside; redelivered ones count again.</summary>
    public long HandledCount => Interlocked.Read(ref _handled);

    /// <summary>Changes at or before a place in the feed that this process had already been given.</summary>
    public long Redelivered => Interlocked.Read(ref _redelivered);

    public long PutAsideCount => Interlocked.Read(ref _putAside);

    /// <summary>From the write of the last handled change, in whatever region, to the end of its processing here.</summary>
    public TimeSpan Lag => TimeSpan.FromMilliseconds(Interlocked.Read(ref _lagMilliseconds));

    public void Acquired() => Interlocked.Increment(ref _owned);

    public void Released()
    {
        if (Interlocked.Decrement(ref _owned) < 0)
            Interlocked.Exchange(ref _owned, 0);
    }

    public void Received(string lease, IReadOnlyCollection<Change> changes)
    {
        var highest = _highest.GetValueOrDefault(lease);
        Interlocked.Add(ref _redelivered, changes.Count(change => change.Lsn > 0 && change.Lsn <= highest));
        _highest[lease] = Math.Max(highest, changes.Max(change => change.Lsn));
    }

    public void Handled(IReadOnlyCollection<Change> changes)
    {
        Interlocked.Add(ref _handled, changes.Count);
        var written = DateTimeOffset.FromUnixTimeSeconds(changes.Max(change => change.WrittenAt));
        Interlocked.Exchange(ref _lagMilliseconds, Math.Max(0, (long)(clock.GetUtcNow() - written).TotalMilliseconds));
    }

    public void PutAside() => Interlocked.Increment(ref _putAside);
}
