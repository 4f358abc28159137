using Geode.Runtime.Health;
using Microsoft.AspNetCore.Http;

namespace Geode.Runtime.Telemetry;

/// <summary>What is not worth a trace.</summary>
public static class TelemetryFilter
{
    // Admin and replication: /_backplane/…, /_router/…
    private const string Internal = "/_";

    /// <summary>False for health probes and for what the planet's processes ask each other: two per second and geode would bury everything
    /// else.</summary>
    public static bool IsNoProbe(HttpContext context) =>
        !context.Request.Path.StartsWithSegments(HealthEndpoints.Live)
        && !context.Request.Path.StartsWithSegments(HealthEndpoints.Ready)
        && context.Request.Path.Value?.StartsWith(Internal, StringComparison.Ordinal) != true;
}
