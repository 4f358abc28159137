namespace Geode.Foresight.Scaling;

/// <summary>How many instances serve a rate of requests within a target, and the other way round.</summary>
/// <remarks>An instance works on <c>k</c> requests at once, so <c>n</c> of them are a queue of <c>c = n·k</c> servers (<see cref="ErlangC"/>).
/// The target holds where both hold: no more than the share <c>1 − Share</c> waits longer than the target less the mean service time, and
/// <c>ρ = λ·s/c ≤ Utilisation</c>. For many servers the first one is square-root staffing, <c>c ≈ a + β·√a</c>
/// (S. Halfin and W. Whitt, <i>Heavy-Traffic Limits for Queues with Many Exponential Servers</i>, 1981), and the second one decides.</remarks>
public static class Staffing
{
    /// <summary>More are never asked for.</summary>
    public const int MostInstances = 10_000;

    /// <summary>The least number of instances that serves the rate within the target; at least 1.</summary>
    /// <param name="requestsPerSecond">Not negative.</param>
    /// <param name="instance">What one instance can do.</param>
    /// <param name="target">What is asked of it.</param>
    public static int Instances(double requestsPerSecond, InstanceRate instance, ServiceTarget target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requestsPerSecond);
        var count = (int)Math.Clamp(Math.Ceiling(requestsPerSecond / (instance.PerSecond * target.Utilisation) - 1e-9), 1, MostInstances);
        while (count < MostInstances && !Holds(requestsPerSecond, count, instance, target))
            count++;
        return count;
    }

    /// <summary>The highest rate of requests per second that so many instances serve within the target.</summary>
    /// <param name="instances">Not negative; none serve none.</param>
    /// <param name="instance">What one instance can do.</param>
    /// <param name="target">What is asked of it.</param>
    public static double Capacity(int instances, InstanceRate instance, ServiceTarget target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(instances);
        if (instances == 0)
            return 0;
        var (low, high) = (0.0, instances * instance.PerSecond * target.Utilisation);
        if (Holds(high, instances, instance, target))
            return high;
        for (var halving = 0; halving < 40; halving++)
        {
            var middle = (low + high) / 2;
            (low, high) = Holds(middle, instances, instance, target) ? (middle, high) : (low, middle);
        }
        return low;
    }

    /// <summary>Whether so many instances serve the rate within the target. A target below the service time, which no number of
    /// instances can keep, is judged by its utilisation alone.</summary>
    public static bool Holds(double requestsPerSecond, int instances, InstanceRate instance, ServiceTarget target)
    {
        if (requestsPerSecond > instances * instance.PerSecond * target.Utilisation * (1 + 1e-9))
            return false;
        var wait = target.Milliseconds / 1000 / instance.ServiceSeconds - 1;
        return wait <= 0
            || ErlangC.WaitsLonger(instances * instance.Concurrency, requestsPerSecond * instance.ServiceSeconds, wait) <= 1 - target.Share;
    }
}
