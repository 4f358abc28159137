using System.Collections.Concurrent;

namespace Geode.Router.Tenants;

/// <summary>In which stamp which tenant's data is, as geodes have said in their answers. It only saves the way over a wrong stamp: who forgets, or
/// is wrong, is corrected by the next answer.</summary>
/// <param name="most">Tenants that are remembered.</param>
internal sealed class TenantTable(TimeProvider time, int most = TenantTable.Most)
{
    public const int Most = 10_000;

    /// <summary>So long after it was last confirmed it holds.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Row> _rows = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The stamp; null: nothing is known of the tenant, or not any more.</summary>
    public string? Find(string tenant) =>
        _rows.TryGetValue(tenant, out var row) && time.GetElapsedTime(row.Confirmed) < Holds ? row.Stamp : null;

    /// <summary>A geode has answered for the tenant, and said where its data is.</summary>
    /// <param name="asked">Timestamp at which the request was sent: an answer from before the tenant is known to have moved says nothing of where it is now.</param>
    public void Confirm(string tenant, string stamp, long asked)
    {
        if (_rows.TryGetValue(tenant, out var row) && row.Stamp == stamp)
            row.Confirmed = time.GetTimestamp();
        else
            Set(tenant, stamp, asked);
    }

    /// <summary>A geode has declined to answer for the tenant, because it is in this stamp. Whatever was known of it was wrong.</summary>
    public void Correct(string tenant, string stamp) => Set(tenant, stamp, long.MaxValue);

    private void Set(string tenant, string stamp, long asked)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            if (!_rows.TryGetValue(tenant, out var before))
            {
                if (_count >= most)
                    Forget();
                Volatile.Write(ref _count, _count + 1);
            }
            else if (before.Since > asked)
            {
                return;
            }

            _rows[tenant] = new Row(stamp, now);
        }
    }

    /// <summary>Who is in use is confirmed by every answer; so those that were confirmed longest ago are those unused for longest. A tenth goes at once, so that
    /// few tenants pay for the search.</summary>
    private void Forget()
    {
        foreach (var (tenant, _) in _rows.ToArray().OrderBy(row => row.Value.Confirmed).Take(Math.Max(1, most / 10)))
        {
            _rows.TryRemove(tenant, out _);
            Volatile.Write(ref _count, _count - 1);
        }
    }

    /// <param name="since">Timestamp.</param>
    private sealed class Row(string stamp, long since)
    {
        private long _confirmed = since;

        public string Stamp { get; } = stamp;

        public long Since { get; } = since;

        public long Confirmed
        {
            get => Volatile.Read(ref _confirmed);
            set => Volatile.Write(ref _confirmed, value);
        }
    }
}
