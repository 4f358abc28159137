using Geode.Router.Forwarding;

namespace Geode.Router.Origins;

/// <summary>The tries an origin has not answered yet, how many requests it holds and at how many it works. A doubly linked list
/// threaded through the tries themselves, so that nothing is allocated.</summary>
internal sealed class InFlightTries
{
    private readonly Lock _lock = new();
    private OriginTry? _first;
    private int _requests;
    private int _working;
    private int _peak;

    /// <summary>Requests whose answer is not complete, without those that have become streams.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Of these, those the origin is at work on. One that waits for its client, to send the rest or to read the answer, is no
    /// load: else a few slow clients would fill it for everybody.</summary>
    public int Working => Volatile.Read(ref _working);

    /// <summary>A request has come, and the origin is to work on it.</summary>
    public void RequestStarted()
    {
        Held();
        WorkBegan();
    }

    /// <summary>A request has come that needs no more work, or none yet.</summary>
    public void Held() => Interlocked.Increment(ref _requests);

    public void WorkBegan()
    {
        var now = Interlocked.Increment(ref _working);
        // Two may race for the peak; it is off by one then.
        if (now > Volatile.Read(ref _peak))
            Volatile.Write(ref _peak, now);
    }

    public void WorkEnded() => Interlocked.Decrement(ref _working);

    /// <summary>It is over, and so was the work on it.</summary>
    public void RequestEnded() => Interlocked.Decrement(ref _requests);

    /// <summary>Most requests worked on at once since the last call.</summary>
    public int TakePeak() => Interlocked.Exchange(ref _peak, Working);

    public bool Any => Volatile.Read(ref _first) is not null;

    public void Add(OriginTry item)
    {
        lock (_lock)
        {
            item.Listed = true;
            item.Next = _first;
            if (_first is not null)
                _first.Previous = item;
            _first = item;
        }
    }

    public void Remove(OriginTry item)
    {
        lock (_lock)
        {
            if (item.Previous is not null)
                item.Previous.Next = item.Next;
            else
                _first = item.Next;
            if (item.Next is not null)
                item.Next.Previous = item.Previous;
            item.Previous = item.Next = null;
            item.Listed = false;
        }
    }

    /// <summary>Wakes every request whose try here is overdue.</summary>
    public void WakeOverdue(long now)
    {
        lock (_lock)
        {
            for (var item = _first; item is not null; item = item.Next)
            {
                if (now >= item.Deadline)
                    item.Overdue();
            }
        }
    }

    /// <summary>Tells every request waiting here that this origin is out, so that it goes elsewhere now.</summary>
    public void Evacuate()
    {
        lock (_lock)
        {
            for (var item = _first; item is not null; item = item.Next)
                item.Abandon();
        }
    }
}
