using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Geode.Local.Events;

/// <summary>The latest events of the planet, and whoever follows them.</summary>
internal sealed class Timeline(TimeProvider time, Action<PlanetEvent>? observer = null)
{
    private const int Kept = 500;

    private readonly Lock _lock = new();
    private readonly Queue<PlanetEvent> _events = new();
    private readonly HashSet<Channel<PlanetEvent>> _followers = [];
    private long _lastId;
    private bool _ended;

    /// <returns>What was added, with its time.</returns>
    public PlanetEvent Add(string kind, string? region, string? process, string state, string message)
    {
        lock (_lock)
        {
            var happened = new PlanetEvent(++_lastId, time.GetUtcNow(), kind, region, process, state, message);
            _events.Enqueue(happened);
            if (_events.Count > Kept)
                _events.Dequeue();
            foreach (var follower in _followers)
                follower.Writer.TryWrite(happened);
            // Inside the lock, so that an observer sees events in the order of their ids.
            observer?.Invoke(happened);
            return happened;
        }
    }

    public IReadOnlyList<PlanetEvent> Latest()
    {
        lock (_lock)
            return [.. _events];
    }

    /// <summary>The kept events after <paramref name="after"/>, then every new one until the planet ends.</summary>
    public async IAsyncEnumerable<PlanetEvent> FollowAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<PlanetEvent>(new BoundedChannelOptions(2 * Kept) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            foreach (var past in _events.Where(e => e.Id > after))
                channel.Writer.TryWrite(past);
            if (_ended)
                channel.Writer.Complete();
            else
                _followers.Add(channel);
        }
        try
        {
            await foreach (var happened in channel.Reader.ReadAllAsync(cancellationToken))
                yield return happened;
        }
        finally
        {
            lock (_lock)
                _followers.Remove(channel);
        }
    }

    /// <summary>Followers get what they have not read yet, and then the end.</summary>
    public void End()
    {
        lock (_lock)
        {
            _ended = true;
            foreach (var follower in _followers)
                follower.Writer.TryComplete();
        }
    }
}
