using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Geode.Router.Health;

/// <summary>The router is ready when it has somewhere to send a request to. At its start it waits a moment for all of them: who is ready with one
/// alone sends the first clients of every city there.</summary>
internal sealed class OriginsCheck(RouterState state, TimeProvider time) : IHealthCheck
{
    /// <summary>So long the first that is well waits for the others.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private long? _first;
    private bool _waited;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var origins = state.Current.Origins;
        var well = origins.Count(o => o.State is OriginState.Healthy or OriginState.Degraded || (o.IsAsleep && o.Takes));
        var text = $"{well} of {origins.Length} origins are healthy";
        return Task.FromResult(
            well == 0 ? HealthCheckResult.Unhealthy(text)
            : HasWaited(all: well == origins.Length) ? HealthCheckResult.Healthy(text)
            : HealthCheckResult.Unhealthy($"{text}; the others have a moment to be"));
    }

    private bool HasWaited(bool all)
    {
        lock (_lock)
        {
            _first ??= time.GetTimestamp();
            return _waited = _waited || all || time.GetElapsedTime(_first.Value) >= Patience;
        }
    }
}
