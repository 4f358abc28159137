using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Router.Selection;

namespace Geode.Router.Forwarding;

// Which of an origin's instances gets the request, and which another one gets it after that.
internal sealed partial class Exchange
{
    /// <summary>Chooses who gets the request first, now that it can be sent.</summary>
    /// <returns>Where it goes; null when no origin can take it, or when the one that could <see cref="MustWake"/>.</returns>
    public string? Destination()
    {
        while (_next >= 0 && (_first = Instance(_next)) is null && !MustWake)
        {
            // Its last instance with room has gone meanwhile.
            _tried.Add(_next);
            _next = Pick(_tried);
        }

        return _first?.Prefix;
    }

    /// <summary>An instance of that origin that has not had the request.</summary>
    private OriginInstance? Instance(int index, bool wellOnly = false)
    {
        var instances = _router.Origins[index].Instances;
        return instances is [var only]
            ? (IsTried(only) || (wellOnly && !IsWell(only)) ? null : only)
            : (Tries == 0 && instances.Length > 1 ? InstanceOrder.OfTwo(instances, Random.Shared) : null)
                ?? InstanceOrder.Best(instances, IsTried, Avoids, wellOnly, Random.Shared);
    }

    private bool IsTried(OriginInstance instance) => Tries > 0 && (instance == _first || _others?.Contains(instance) == true || _unpaid?.Contains(instance) == true);

    private bool IsWell(OriginInstance instance) => instance is { Health.State: not OriginState.Unhealthy, Full: false } && !Avoids(instance);

    /// <summary>Instances of that origin that have had the request.</summary>
    private int Asked(int index)
    {
        var origin = _router.Origins[index];
        var count = Tries > 0 && _first?.Origin == origin ? 1 : 0;
        foreach (var instance in _others ?? [])
            count += instance.Origin == origin ? 1 : 0;
        return count;
    }

    /// <summary>Whether another instance of the same origin is likely to do better. Two that break one request off are the origin, or the request.</summary>
    private bool IsOfInstance(TryFailure failure, int index) =>
        failure == TryFailure.Unreached || (failure == TryFailure.Broken && Asked(index) < 2);

    private bool StartSibling(int index, TryBudget? budget, bool wellOnly) =>
        !_router.Origins[index].DrainedByPerson && StartPaid(index, budget, wellOnly);

    /// <summary>No other origin is left: what is left of those that were asked.</summary>
    private bool StartAnySibling(TryBudget? budget, bool wellOnly)
    {
        foreach (var index in _tried.Except(_closed))
        {
            if (StartSibling(index, budget, wellOnly))
                return true;
        }

        return false;
    }
}
