using System.Collections.Concurrent;
using Geode.Service.Backplane;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Stamps;

/// <summary>What becomes of a request for a tenant of which this stamp knows nothing: the directory is asked, and a tenant that nobody has is this
/// stamp's from its first write on, since the router sends those whom it does not know to the nearest geode.</summary>
internal sealed class TenantPlacing(StampPlace place, TenantDirectory directory, Charters charters, TimeProvider clock)
{
    // Whoever asks for a tenant of another stamp is not to ask the directory each time. That nobody has it may not be true any more a moment later.
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2);
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, (string Stamp, long At)> _found = new(StringComparer.Ordinal);

    /// <summary>The stamp that has the tenant; when it is this one, its charter is here now. Null: nobody has it.</summary>
    /// <param name="tenant">Its name.</param>
    /// <param name="writes">Whether it is to be placed.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="CosmosException">The directory or this region's replica failed.</exception>
    public async Task<string?> StampAsync(string tenant, bool writes, CancellationToken cancellation)
    {
        if (_found.TryGetValue(tenant, out var found) && clock.GetElapsedTime(found.At) < Remembered)
            return found.Stamp;
        var entry = (await directory.FindAsync(tenant, cancellation))?.Entry;
        if (entry is null && writes)
        {
            entry = new(tenant, place.Own.Name, place.Own.Residency);
            // Somebody may have been quicker.
            if (!await directory.TryAddAsync(entry, cancellation))
                entry = (await directory.FindAsync(tenant, cancellation))?.Entry;
        }

        if (entry is not null && place.IsOwn(entry.Stamp))
            await charters.EnsureAsync(tenant, entry.Residency, cancellation);
        else if (entry is not null)
            Remember(tenant, entry.Stamp);
        return entry?.Stamp;
    }

    /// <summary>The stamp that has the tenant at this moment; null: nobody has it.</summary>
    /// <exception cref="CosmosException">The directory cannot be asked.</exception>
    public async Task<string?> StampNowAsync(string tenant, CancellationToken cancellation) =>
        (await directory.FindAsync(tenant, cancellation))?.Entry.Stamp;

    /// <summary>What is remembered of it was wrong.</summary>
    public void Forget(string tenant) => _found.TryRemove(tenant, out _);

    private void Remember(string tenant, string stamp)
    {
        if (_found.Count >= MostRemembered)
            _found.Clear();
        _found[tenant] = (stamp, clock.GetTimestamp());
    }
}
