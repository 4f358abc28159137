using Geode.Router.Health;
using Geode.Router.Origins;

namespace Geode.Router.Steering;

/// <summary>The steering order that holds now, if any: the newest one, until it lapses. Also the drains it asks for, which are void for as long as they would leave
/// no healthy origin.</summary>
internal sealed class SteeringBoard(TimeProvider time)
{
    private readonly Lock _lock = new();
    private (long Fence, long Number) _newest = (-1, -1);
    private volatile SteeringOrder? _order;
    private RouterSnapshot? _shownTo;
    private long _endsAt;

    /// <param name="Left">Until it lapses.</param>
    /// <param name="Suspended">Its drains are void, since they would leave no healthy origin.</param>
    public sealed record Posted(SteeringOrder Order, TimeSpan Left, bool Suspended);

    public enum Outcome
    {
        Taken,

        /// <summary>There has been a newer one.</summary>
        Stale,

        /// <summary>It would drain every healthy origin.</summary>
        LeavesNone,
    }

    /// <summary>Fence and number of the newest order there has been; -1 before the first.</summary>
    public (long Fence, long Number) Newest
    {
        get
        {
            lock (_lock)
                return _newest;
        }
    }

    /// <param name="order">Checked.</param>
    public Outcome Put(SteeringOrder order, RouterSnapshot router)
    {
        lock (_lock)
        {
            var id = (order.Fence, order.Number);
            if (id.CompareTo(_newest) < 0)
                return Outcome.Stale;
            if (order.Drained.Count > 0 && LeavesNone(order, router))
                return Outcome.LeavesNone;
            (_newest, _order) = (id, order);
            _endsAt = time.GetTimestamp() + (long)(order.Seconds * time.TimestampFrequency);
            Show(router);
            return Outcome.Taken;
        }
    }

    /// <returns>Whether there was one.</returns>
    public bool End(RouterSnapshot router)
    {
        lock (_lock)
        {
            var was = _order is not null;
            _order = null;
            Show(router);
            return was;
        }
    }

    public Posted? Now(RouterSnapshot router)
    {
        lock (_lock)
        {
            return _order is { } order && time.GetTimestamp() < _endsAt
                ? new(order, time.GetElapsedTime(time.GetTimestamp(), _endsAt), order.Drained.Count > 0 && LeavesNone(order, router))
                : null;
        }
    }

    /// <summary>A person has said that the origin is to have requests: for this order that settles it.</summary>
    public void Undrained(Origin origin, RouterSnapshot router)
    {
        lock (_lock)
        {
            if (_order is not { } order)
                return;
            _order = order with { Drained = [.. order.Drained.Where(name => !Is(origin, name))] };
            Drain(router);
        }
    }

    /// <summary>To be called from time to time: it may have lapsed, origins may have fallen ill, and a reload may have made others.</summary>
    public void Look(RouterSnapshot router)
    {
        if (_order is null)
            return;
        lock (_lock)
        {
            if (time.GetTimestamp() >= _endsAt)
                _order = null;
            if (_order is null || router != _shownTo)
                Show(router);
            else
                Drain(router);
        }
    }

    private void Show(RouterSnapshot router)
    {
        _shownTo = router;
        router.Steering = _order is { Places.Count: > 0 } order ? new SteeringTable(order, _endsAt, router.Setup.Places, router.Origins) : null;
        Drain(router);
    }

    private void Drain(RouterSnapshot router)
    {
        var drained = _order is { Drained.Count: > 0 } order && !LeavesNone(order, router) ? order.Drained : [];
        foreach (var origin in router.Origins)
        {
            var wanted = drained.Any(name => Is(origin, name));
            if (origin.DrainedByPlan != wanted)
                origin.DrainedByPlan = wanted;
        }
    }

    private static bool LeavesNone(SteeringOrder order, RouterSnapshot router) => !router.Origins.Any(origin =>
        !origin.DrainedByPerson
        && origin.State is not (OriginState.Unhealthy or OriginState.Asleep)
        && !order.Drained.Any(name => Is(origin, name)));

    private static bool Is(Origin origin, string name) => string.Equals(origin.Name, name, StringComparison.OrdinalIgnoreCase);
}
