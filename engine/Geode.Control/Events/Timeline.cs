using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Geode.Control.Events;

/// <summary>The latest events of the planet, and whoever follows them.</summary>
public sealed class Timeline(TimeProvider time, Action<PlanetEvent>? observer = null)
{
    private const int Kept = 500;

    private readonly Lock _lock = new();
    private readonly Queue<PlanetEvent> _events = new();
    private readonly HashSet<Channel<PlanetEvent>> _followers = [];
    private long _lastId;
    private bool _ended;

    /// <param name="kind">See <see cref="PlanetEvent"/>, as for the others.</param>
    /// <param name="region">What it concerns, if one.</param>
    /// <param name="process">What it concerns, if one.</param>
    /// <param name="state">The new one.</param>
    /// <param name="message">For a person.</param>
    /// <param name="ms">How long it took.</param>
    /// <param name="at">When it happened, if it was noticed later.</param>
    /// <returns>What was added, with its time.</returns>
    public PlanetEvent Add(string kind, string? region, string? process, string state, string message, double? ms = null, DateTimeOffset? at = null)
    {
        lock (_lock)
        {
            var happened = new PlanetEvent(++_lastId, at ?? time.GetUtcNow(), kind, region, process, state, message, ms);
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
