using System.Collections.Concurrent;
using Geode.Router.Configuration;

namespace Geode.Router.Edge;

/// <summary>Kept responses, and which headers an address varies by. What was not used lately goes first when memory is full.
/// Times are since the start of the router.</summary>
internal sealed class CacheStore(Live<CacheOptions> options)
{
    /// <summary>Purged tags that are remembered; beyond that everything is purged.</summary>
    private const int MostPurges = 10_000;

    private readonly ConcurrentDictionary<CacheKey, Slot> _slots = new();
    private readonly ConcurrentQueue<Slot> _queue = new();
    private readonly ConcurrentDictionary<string, TimeSpan> _purged = new(StringComparer.OrdinalIgnoreCase);
    private TimeSpan _allPurged = TimeSpan.MinValue;
    private long _bytes;

    public long Bytes => Interlocked.Read(ref _bytes);

    public int Count => _slots.Count;

    /// <summary>Either a response, or the headers that choose among several.</summary>
    private sealed class Slot(CacheKey key, CachedResponse? response, string[] variesBy, TimeSpan since)
    {
        public readonly CacheKey Key = key;
        public readonly CachedResponse? Response = response;
        public readonly string[] VariesBy = variesBy;
        public readonly TimeSpan Since = since;
        public readonly long Bytes = key.Bytes + (response?.Bytes ?? 0);
        public volatile bool Used;
    }

    /// <summary>The response for this request, if there is one that is not purged; fresh or not.</summary>
    /// <param name="address">Key without a variant.</param>
    /// <param name="key">Where the response is, or would be.</param>
    public CachedResponse? Find(CacheKey address, HttpRequest request, out CacheKey key)
    {
        key = address;
        if (!_slots.TryGetValue(address, out var slot))
            return null;
        var since = TimeSpan.MinValue;
        if (slot.Response is null)
        {
            since = slot.Since;
            key = address with { Variant = Variant(slot.VariesBy, request) };
            if (!_slots.TryGetValue(key, out slot))
                return null;
        }

        // A variant from before its address was invalidated is older than the address's new beginning.
        if (slot.Response is not { } response || response.Stored < since || IsPurged(response))
            return null;
        slot.Used = true;
        return response;
    }

    /// <param name="address">Key without a variant.</param>
    /// <param name="variesBy">Header names, in order; empty: the response is for everyone.</param>
    public void Put(CacheKey address, string[] variesBy, HttpRequest request, CachedResponse response)
    {
        var key = address;
        if (variesBy.Length > 0)
        {
            if (!_slots.TryGetValue(address, out var rule) || !rule.VariesBy.AsSpan().SequenceEqual(variesBy))
                Set(new Slot(address, null, variesBy, response.Stored));
            key = address with { Variant = Variant(variesBy, request) };
        }

        Set(new Slot(key, response, [], response.Stored));
        Evict();
    }

    /// <summary>Forgets all that is kept for an address.</summary>
    public void Remove(CacheKey address)
    {
        if (_slots.TryRemove(address, out var slot))
            Interlocked.Add(ref _bytes, -slot.Bytes);
    }

    /// <summary>From now on nothing asked for before with this tag is served.</summary>
    public void Purge(string tag, TimeSpan now)
    {
        if (_purged.Count >= MostPurges)
            PurgeAll(now);
        _purged[tag] = now;
    }

    public void PurgeAll(TimeSpan now)
    {
        _allPurged = now;
        _purged.Clear();
        foreach (var key in _slots.Keys)
            Remove(key);
    }

    private bool IsPurged(CachedResponse response)
    {
        if (response.Stored <= _allPurged)
            return true;
        foreach (var tag in response.Tags)
        {
            if (_purged.TryGetValue(tag, out var at) && response.Stored <= at)
                return true;
        }

        return false;
    }

    // Values cannot contain a line feed, so no two requests that differ look alike.
    private static string Variant(string[] variesBy, HttpRequest request) =>
        string.Join('\n', variesBy.Select(name => $"{name}:{request.Headers[name]}"));

    private void Set(Slot slot)
    {
        var old = 0L;
        _slots.AddOrUpdate(slot.Key, slot, (_, before) =>
        {
            old = before.Bytes;
            return slot;
        });
        Interlocked.Add(ref _bytes, slot.Bytes - old);
        _queue.Enqueue(slot);
    }

    private void Evict()
    {
        for (var turns = _queue.Count; ; turns--)
        {
            var over = Bytes > options.Value.MaxBytes;
            // Slots that were replaced stay in the queue until their turn; too many of them are swept out.
            if ((!over && turns <= 4 * _slots.Count + 64) || !_queue.TryDequeue(out var slot))
                return;
            if (!_slots.TryGetValue(slot.Key, out var current) || current != slot)
                continue;
            if (!over || (slot.Used && turns > 0))
            {
                slot.Used = false;
                _queue.Enqueue(slot);
            }
            else if (_slots.TryRemove(new KeyValuePair<CacheKey, Slot>(slot.Key, slot)))
            {
                Interlocked.Add(ref _bytes, -slot.Bytes);
            }
        }
    }
}
