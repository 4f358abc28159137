namespace Geode.Router.Edge;

/// <summary>Addresses whose last answer was not for sharing: nobody waits for the next one. A small lossy table: forgetting one
/// costs a wait, mistaking one for another costs a request.</summary>
internal sealed class PassTable
{
    private const int Size = 4096;

    // The hash with one bit set that no index uses, so that an empty row is no hash.
    private readonly long[] _rows = new long[Size];

    public void Add(in CacheKey key) => Volatile.Write(ref Row(key, out var hash), hash);

    public void Remove(in CacheKey key)
    {
        ref var row = ref Row(key, out var hash);
        Interlocked.CompareExchange(ref row, 0, hash);
    }

    public bool Contains(in CacheKey key) => Volatile.Read(ref Row(key, out var hash)) == hash;

    private ref long Row(in CacheKey key, out long hash)
    {
        var code = (uint)key.GetHashCode();
        hash = 1L << 32 | code;
        return ref _rows[code % Size];
    }
}
