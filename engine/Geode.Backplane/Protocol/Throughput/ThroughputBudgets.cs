using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Throughput;

/// <summary>Request units that containers and databases may still spend this second, by their offers. A request is let in while there
/// is anything left; what it costs is known, and taken, afterwards.</summary>
public sealed class ThroughputBudgets(TimeProvider time)
{
    private readonly ConcurrentDictionary<ulong, Bucket> _buckets = [];
    private readonly ConditionalWeakTable<CatalogEntry, StrongBox<int>> _limits = [];

    /// <exception cref="ProtocolException">429/3200: the budget is used up; says when to come again.</exception>
    public void Admit(Catalog catalog, Container container)
    {
        if (BucketOf(catalog, container) is not { } bucket || bucket.Wait(time) is not { } wait)
            return;
        throw new ProtocolException(
            429, "Request rate is large. More Request Units may be needed, so no changes were made. Please retry this request later.", Codecs.SubStatus.RequestBudgetExceeded)
        {
            RetryAfter = wait,
        };
    }

    public void Spend(Catalog catalog, Container container, double requestUnits) => BucketOf(catalog, container)?.Spend(requestUnits);

    private Bucket? BucketOf(Catalog catalog, Container container)
    {
        var offer = OfferCatalog.Of(catalog, container.Number) ?? OfferCatalog.Of(catalog, container.Number >> 32);
        if (offer is null)
            return null;
        var bucket = _buckets.GetOrAdd(offer.Number, _ => new Bucket(time.GetTimestamp()));
        bucket.Limit = _limits.GetValue(offer, o => new StrongBox<int>(ThroughputRules.LimitOf(o.Json))).Value;
        return bucket;
    }

    private sealed class Bucket(long start)
    {
        private readonly Lock _gate = new();
        private double _spent;
        private long _at = start;

        public int Limit { get; set; }

        public TimeSpan? Wait(TimeProvider time)
        {
            lock (_gate)
            {
                var now = time.GetTimestamp();
                _spent = Math.Max(0, _spent - (time.GetElapsedTime(_at, now).TotalSeconds * Limit));
                _at = now;
                return _spent < Limit ? null : TimeSpan.FromMilliseconds(Math.Ceiling((_spent - Limit) / Limit * 1000) + 1);
            }
        }

        public void Spend(double requestUnits)
        {
            lock (_gate)
                _spent += requestUnits;
        }
    }
}
