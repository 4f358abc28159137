namespace Geode.Foresight.Scaling;

/// <summary>What an HTTP scale rule of Azure Container Apps is made of. The defaults are the documented ones
/// (<see href="https://learn.microsoft.com/azure/container-apps/scale-app">Set scaling rules in Azure Container Apps</see>).</summary>
/// <param name="ConcurrentRequests">Requests per second that one instance shall take: the rule's <c>concurrentRequests</c>, at least 1.</param>
/// <param name="Least">Least instances (<c>minReplicas</c>); 0: an idle application sleeps.</param>
/// <param name="Most">Most instances (<c>maxReplicas</c>), at least 1.</param>
public sealed record HttpScaleSettings(int ConcurrentRequests = 10, int Least = 0, int Most = 10)
{
    /// <summary>How often the rule is asked, and over how long requests are counted for it.</summary>
    public TimeSpan Polling { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>From the last request until an idle application goes to <see cref="Least"/>.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>The rule goes down only to the most instances that it wanted within this time.</summary>
    public TimeSpan ScaleDownStabilization { get; init; } = TimeSpan.FromSeconds(300);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ConcurrentRequests, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Least);
        ArgumentOutOfRangeException.ThrowIfLessThan(Most, Math.Max(Least, 1));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Polling, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(CoolDown, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(ScaleDownStabilization, TimeSpan.Zero);
    }
}
