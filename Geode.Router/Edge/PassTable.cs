namespace Geode.Router.Edge;

/// <summary>Addresses whose answers are known not to be shared, so that nobody waits for them or looks for them. A small lossy
/// table: forgetting one costs a wait, mistaking one for another costs a request.</summary>
internal sealed class PassTable
{
    private const int Size = 4096;
    private readonly long[] _rows = new long[Size];

    public void Add(in CacheKey key, TimeSpan until)
    {
        var hash = (uint)key.GetHashCode();
        Volatile.Write(ref _rows[hash % Size], Row(hash, until));
    }

    public void Remove(in CacheKey key)
    {
        var hash = (uint)key.GetHashCode();
        if ((uint)(Volatile.Read(ref _rows[hash % Size]) >> 32) == hash)
            Volatile.Write(ref _rows[hash % Size], 0);
    }

    public bool Contains(in CacheKey key, TimeSpan now)
    {
        var hash = (uint)key.GetHashCode();
        var row = Volatile.Read(ref _rows[hash % Size]);
        return row != 0 && (uint)(row >> 32) == hash && Tenths(now) < (uint)row;
    }

    private static long Row(uint hash, TimeSpan until) => (long)hash << 32 | Tenths(until);

    private static uint Tenths(TimeSpan time) => (uint)(time.TotalMilliseconds / 100);
}
