using System.Collections.Concurrent;
using System.Net;
using Geode.Router.Clients;
using Geode.Router.Configuration;

namespace Geode.Router.Limits;

/// <summary>Requests per second of each client: a bucket that fills at the rate and holds the burst.</summary>
internal sealed class ClientRates(Live<LimitOptions> options, TimeProvider time)
{
    /// <summary>Clients remembered; beyond that those at rest are forgotten.</summary>
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<UInt128, Bucket> _buckets = new();
    private readonly long _start = time.GetTimestamp();

    private sealed class Bucket
    {
        public double Saved;
        public double At;
    }

    /// <returns>0: it may; else the seconds after which it may again.</returns>
    public int Take(IPAddress? client)
    {
        var o = options.Value;
        if (o.RequestsPerSecond <= 0 || client is null)
            return 0;
        var burst = o.Burst > 0 ? o.Burst : Math.Max(1, o.RequestsPerSecond);
        var now = time.GetElapsedTime(_start).TotalSeconds;
        var bucket = _buckets.GetOrAdd(ClientKey.Of(client), static (_, s) => new Bucket { Saved = s.burst, At = s.now }, (burst, now));
        if (_buckets.Count > Most)
            ForgetRested(now, burst / o.RequestsPerSecond);
        lock (bucket)
        {
            bucket.Saved = Math.Min(burst, bucket.Saved + (now - bucket.At) * o.RequestsPerSecond);
            bucket.At = now;
            if (bucket.Saved >= 1)
            {
                bucket.Saved--;
                return 0;
            }

            return (int)Math.Ceiling((1 - bucket.Saved) / o.RequestsPerSecond);
        }
    }

    private void ForgetRested(double now, double secondsToFill)
    {
        foreach (var (key, bucket) in _buckets)
        {
            if (now - bucket.At > secondsToFill)
                _buckets.TryRemove(key, out _);
        }
    }
}
