namespace Geode.Foresight.Scaling;

/// <summary>How many instances Azure Container Apps would run by its HTTP scale rule: the reactive scaling to which plans are compared, and
/// which a geode falls back on. It knows no clock; whoever uses it asks once per <see cref="HttpScaleSettings.Polling"/>.</summary>
/// <remarks>Documented at <see href="https://learn.microsoft.com/azure/container-apps/scale-app">learn.microsoft.com</see>: every 15 seconds,
/// <c>desired = ceil(requests of the past 15 s / 15 / concurrentRequests)</c>; up at once, by steps of 1, 4, 8, 16, 32, …; down after
/// 300 s of stabilization, by as many as need to go (the most that was wanted within that time stays, as in a Kubernetes
/// HorizontalPodAutoscaler); to the least, which may be zero, 300 s after the last request.</remarks>
public sealed class HttpScaleRule
{
    private readonly StabilizedCount _stabilized;
    private DateTimeOffset? _lastRequest;

    /// <param name="settings">The rule's own, checked.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside of what the rule allows.</exception>
    public HttpScaleRule(HttpScaleSettings settings)
    {
        settings.Check();
        Settings = settings;
        _stabilized = new(settings.ScaleDownStabilization);
    }

    /// <summary>What it was made with.</summary>
    public HttpScaleSettings Settings { get; }

    /// <summary>Says how many instances there shall be from now on.</summary>
    /// <param name="at">Not before the last call's.</param>
    /// <param name="requests">That arrived since the last call, also those that wait for an instance.</param>
    /// <param name="current">Instances there are, those that start included.</param>
    /// <exception cref="ArgumentOutOfRangeException">Requests or instances are negative or not a number.</exception>
    public int Desired(DateTimeOffset at, double requests, int current)
    {
        if (!double.IsFinite(requests) || requests < 0)
            throw new ArgumentOutOfRangeException(nameof(requests), requests, "A number of requests is finite and not negative.");
        ArgumentOutOfRangeException.ThrowIfNegative(current);
        if (requests > 0 || _lastRequest is null)
            _lastRequest = at;

        var idle = at - _lastRequest.Value;
        var wanted = Wanted(requests / Settings.Polling.TotalSeconds, idle);
        var held = _stabilized.Next(at, wanted);

        // What has been idle for the cool-down goes to the least, whatever the stabilization still remembers.
        if (requests == 0 && (current == 0 || idle >= Settings.CoolDown))
            return Settings.Least;
        if (wanted >= current)
            return Math.Min(wanted, MostAfterOneStep(current));
        return Math.Clamp(Math.Min(current, held), Settings.Least, Settings.Most);
    }

    private int Wanted(double concurrent, TimeSpan idle)
    {
        var needed = Math.Ceiling(concurrent / Settings.ConcurrentRequests);
        var least = idle >= Settings.CoolDown ? Settings.Least : Math.Max(Settings.Least, 1);
        return (int)Math.Clamp(needed, least, Settings.Most);
    }

    private int MostAfterOneStep(int current) => Math.Max(current switch
    {
        0 => 1,
        < 4 => 4,
        _ => current > int.MaxValue / 2 ? int.MaxValue : current * 2,
    }, Settings.Least);
}
