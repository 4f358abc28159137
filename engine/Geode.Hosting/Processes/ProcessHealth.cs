using Geode.Control.Processes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Geode.Hosting.Processes;

/// <summary>Tells Aspire what is known of a process already: it is asked by one, not by two.</summary>
internal sealed class ProcessHealth(PlanetRun run, string process) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var state = run.State(process);
        return Task.FromResult(state == ProcessState.Healthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(state.ToString().ToLowerInvariant()));
    }
}
