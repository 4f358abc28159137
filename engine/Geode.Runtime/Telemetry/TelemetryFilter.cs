using Geode.Runtime.Health;
using Microsoft.AspNetCore.Http;

namespace Geode.Runtime.Telemetry;

/// <summary>What is not worth a trace.</summary>
public static class TelemetryFilter
{
    /// <summary>False for health probes: two per second and geode would bury everything else.</summary>
    public static bool IsNoProbe(HttpContext context) =>
        !context.Request.Path.StartsWithSegments(HealthEndpoints.Live) && !context.Request.Path.StartsWithSegments(HealthEndpoints.Ready);
}
