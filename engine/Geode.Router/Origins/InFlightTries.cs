using Geode.Router.Forwarding;

namespace Geode.Router.Origins;

/// <summary>The tries an origin has not answered yet, and how many requests it holds. A doubly linked list threaded through
/// the tries themselves, so that nothing is allocated.</summary>
internal sealed class InFlightTries
{
    private readonly Lock _lock = new();
    private OriginTry? _first;
    private int _requests;
    private int _peak;

    /// <summary>Requests whose answer is not complete, without those that have become streams.</summary>
    public int Requests => Volatile.Read(ref _requests);

    public void RequestStarted()
    {
        var now = Interlocked.Increment(ref _requests);
        // Two may race for the peak; it is off by one then.
        if (now > Volatile.Read(ref _peak))
            Volatile.Write(ref _peak, now);
    }

    public void RequestEnded() => Interlocked.Decrement(ref _requests);

    /// <summary>Most requests at once since the last call.</summary>
    public int TakePeak() => Interlocked.Exchange(ref _peak, Requests);

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
