using System.Collections.Concurrent;
using Geode.Router.Configuration;
using Geode.Router.Origins;

namespace Geode.Router.Health;

/// <summary>What single clients have found of one origin. It moves nobody but them: a client may be the cause of what it finds.
/// Most of the time there is nothing here, and looking costs a read.</summary>
internal sealed class ClientOpinions(Live<HealthOptions> options, TimeProvider time)
{
    /// <summary>With so many that have something to say, what all of them find together says it.</summary>
    private const int Most = 4_096;

    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<UInt128, ClientOpinion> _opinions = new();
    private volatile int _count;

    public bool Any => _count > 0;

    /// <summary>Clients whose requests go elsewhere.</summary>
    public int Avoiding => Any ? _opinions.Values.Count(o => o.Avoids) : 0;

    public bool Avoids(UInt128 client) => _opinions.TryGetValue(client, out var opinion) && opinion.Avoids;

    public void Answered(UInt128 client)
    {
        if (_opinions.TryGetValue(client, out var opinion))
            opinion.Answered();
    }

    public void Failed(UInt128 client, string how) => Of(client)?.Failed(how);

    public void Lost(UInt128 client, long started, OriginLatency latency, TimeSpan limit) => Of(client)?.Lost(started, latency, limit);

    /// <summary>Takes a slice of time into account, and forgets what is long ago. One caller at a time.</summary>
    public void Fold(TimeSpan elapsed)
    {
        if (!Any)
            return;
        foreach (var (client, opinion) in _opinions)
        {
            opinion.Fold(elapsed);
            var lasts = opinion.WasHeld ? TimeSpan.FromMilliseconds(options.Value.EjectMaxMs * 2) : Lasts;
            if (!opinion.Avoids && time.GetElapsedTime(opinion.LastBad) > lasts)
                _opinions.TryRemove(client, out _);
        }

        _count = _opinions.Count;
    }

    /// <summary>The origin is out for all, or new: what single ones found is settled.</summary>
    public void Clear()
    {
        _opinions.Clear();
        _count = 0;
    }

    private ClientOpinion? Of(UInt128 client)
    {
        if (_opinions.TryGetValue(client, out var known))
            return known;
        if (_count >= Most)
            return null;
        var opinion = _opinions.GetOrAdd(client, static (_, s) => new ClientOpinion(s.options, s.time), (options, time));
        _count = _opinions.Count;
        return opinion;
    }
}
