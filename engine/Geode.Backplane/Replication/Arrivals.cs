using Geode.Backplane.Storage;

namespace Geode.Backplane.Replication;

/// <summary>What is on its way to a replica, over all its links. What is due by the same time is given to the replica together.</summary>
/// <param name="spacing">The least time between two such times: none where links are few.</param>
internal sealed class Arrivals(Replica replica, Func<TimeSpan> spacing)
{
    // Timers count whole milliseconds.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(0.5);

    private readonly Lock _gate = new();
    private readonly Queue<Task> _delivering = new();
    private readonly PriorityQueue<Arrival, (TimeSpan Due, long Number)> _underWay = new();
    private readonly SemaphoreSlim _look = new(0);
    private readonly long _start = replica.Time.GetTimestamp();
    private TimeSpan _notBefore;
    private ITimer? _timer;
    private long _number;

    /// <summary>The time that arrivals go by, which nobody can set back.</summary>
    public TimeSpan Now => replica.Time.GetElapsedTime(_start);

    /// <summary>Commits that reach the replica at that time, if their link is up then and still followed.</summary>
    /// <remarks>Those of one link arrive in the order in which they were added, if that is the order of their times.</remarks>
    public void Add(Arrival arrival, TimeSpan due)
    {
        arrival.Begin();
        lock (_gate)
        {
            _underWay.Enqueue(arrival, (due, _number++));
            if (ReferenceEquals(_underWay.Peek(), arrival))
                LookAt(due);
        }
    }

    /// <summary>Delivers until told to stop; what is under way then is asked for again after the next start.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = replica.Time.CreateTimer(_ => _look.Release(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        lock (_gate)
            _timer = timer;
        try
        {
            while (true)
            {
                await _look.WaitAsync(stop);
                // They queue up for the replica in this order; nobody waits here until the disk has them.
                if (TakeDue() is { Count: > 0 } due)
                    _delivering.Enqueue(DeliverAsync(due));
                while (_delivering.TryPeek(out var first) && first.IsCompleted)
                    await _delivering.Dequeue();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopping.
        }
        finally
        {
            lock (_gate)
                _timer = null;
        }
    }

    private async Task DeliverAsync(List<Arrival> due)
    {
        var commits = new List<Commit>();
        foreach (var arrival in due)
        {
            if (arrival.Arrives())
                commits.AddRange(arrival.Commits);
        }

        await replica.ApplyAsync(commits);
        foreach (var arrival in due)
            arrival.Done();
    }

    private List<Arrival> TakeDue()
    {
        var due = new List<Arrival>();
        lock (_gate)
        {
            var now = Now;
            while (_underWay.TryPeek(out _, out var at) && at.Due <= now + Tolerance)
                due.Add(_underWay.Dequeue());
            if (due.Count > 0)
                _notBefore = now + spacing();
            if (_underWay.TryPeek(out _, out var following))
                LookAt(following.Due);
        }

        return due;
    }

    private void LookAt(TimeSpan time)
    {
        var wait = (time > _notBefore ? time : _notBefore) - Now;
        _timer?.Change(TimeSpan.FromMilliseconds(Math.Max(0, Math.Round(wait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }
}

/// <summary>Commits that came over a link and are under way for as long as the link's delay.</summary>
/// <param name="room">What the link may have under way; released when these are not any more.</param>
/// <param name="unfollowed">The link's region has been removed.</param>
internal sealed class Arrival(LinkCursor cursor, IReadOnlyList<Commit> commits, SemaphoreSlim room, CancellationToken unfollowed)
{
    private bool _arrives;

    public IReadOnlyList<Commit> Commits => commits;

    public void Begin() => cursor.Link.Flying(commits.Count);

    /// <summary>Whether the link lets them through now.</summary>
    public bool Arrives() => _arrives = cursor.Link.Behaviour.IsUp && !unfollowed.IsCancellationRequested;

    /// <summary>They have been applied, or are lost.</summary>
    public void Done()
    {
        cursor.Link.Flying(-commits.Count);
        if (_arrives)
            cursor.Delivered(commits);
        else
            cursor.Lose();
        room.Release();
    }
}
