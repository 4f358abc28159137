using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Geode.Router.Health;

/// <summary>The router is ready when it has somewhere to send a request to.</summary>
internal sealed class OriginsCheck(RouterState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var origins = state.Current.Origins;
        var well = origins.Count(o => o.State is OriginState.Healthy or OriginState.Degraded || (o.IsAsleep && o.Takes));
        var text = $"{well} of {origins.Length} origins are healthy";
        return Task.FromResult(well > 0 ? HealthCheckResult.Healthy(text) : HealthCheckResult.Unhealthy(text));
    }
}
