using Geode.Router.Clients;
using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Router.Selection;
using Geode.Router.Steering;

namespace Geode.Router.Forwarding;

// Origins that sleep, and origins that a plan chooses.
internal sealed partial class Exchange
{
    private OriginSet _notWoken;

    /// <summary>It is for an origin that sleeps, and nobody near enough is awake.</summary>
    public bool MustWake => _next >= 0 && _router.Origins[_next].IsAsleep;

    /// <summary>Has the origin woken and waits for it; when it does not wake, the request is for another one.</summary>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public async ValueTask WakeAsync()
    {
        var began = _router.Time.GetTimestamp();
        while (MustWake)
        {
            if (await WakeAsync(_next, began, _context.RequestAborted))
                continue;
            _notWoken.Add(_next);
            // Somebody well and awake, wherever; else another one that sleeps; else whoever there is.
            _next = Pick(_notWoken, healthyOnly: true, awakeOnly: true) is var well and >= 0 ? well : Pick(_notWoken);
        }
    }

    private async Task<bool> WakeAsync(int index, long began, CancellationToken gone)
    {
        var left = TimeSpan.FromMilliseconds(_router.Setup.Options.WakeMs) - _router.Time.GetElapsedTime(began);
        return left > TimeSpan.Zero && await _router.Origins[index].Sleep.HoldAsync(left, gone);
    }

    /// <summary>Where somebody awake is about as near, the request does not wait; but the sleeper is woken, since it would have been its turn.</summary>
    private void PreferAwake()
    {
        if (_router.Selector.Awake(new Choice(_router.Origins, _oneWayMs, _tried, HealthyOnly: false, _avoided), _next) is var awake and >= 0)
        {
            _router.Origins[_next].Sleep.Wake();
            _next = awake;
        }
    }

    /// <summary>All who are awake have failed: the nearest that sleeps and may be woken.</summary>
    private async Task<bool> StartAsleepAsync()
    {
        var began = _router.Time.GetTimestamp();
        while (MayBeSentAgain && _failed < MaxTries && NearestAsleep() is var index and >= 0)
        {
            if (await WakeAsync(index, began, _cancel) && StartPaid(index, _lastFailure == TryFailure.Misdirected ? null : _router.RetryBudget, wellOnly: false))
                return true;
            _notWoken.Add(index);
        }

        return false;
    }

    private void WakeNearest()
    {
        if (NearestAsleep() is var index and >= 0)
            _router.Origins[index].Sleep.Wake();
    }

    private int NearestAsleep()
    {
        var (nearest, best) = (-1, (true, double.MaxValue));
        for (var i = 0; i < _router.Origins.Length; i++)
        {
            // What only a plan keeps back comes last, but before nobody.
            if (_router.Origins[i] is { IsAsleep: true, DrainedByPerson: false } origin && !_notWoken.Has(i)
                && (nearest < 0 || (origin.DrainedByPlan, _oneWayMs[i]).CompareTo(best) < 0))
                (nearest, best) = (i, (origin.DrainedByPlan, _oneWayMs[i]));
        }

        return nearest;
    }

    /// <summary>Where the plan sends it, if that origin is as well as any; else the usual order decides, and nobody is woken for a plan's sake alone.</summary>
    private int Steered(SteeringTable table, ClientPlace place)
    {
        // A geode of the place's own comes before any plan.
        var index = _place.HasOwn ? -1 : table.Pick(place, _router.Time.GetTimestamp(), Random.Shared);
        return index >= 0 && !_closed.Has(index) && !_avoided.Has(index) && _router.Origins[index] is { Draining: false, State: OriginState.Healthy, Full: false } origin
            && (origin.Share >= 1 || Random.Shared.NextDouble() < origin.Share)
            ? index
            : -1;
    }
}
