using Geode.Runtime.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Geode.Runtime.Health;

/// <summary>Liveness and readiness over HTTP. Checks with the tag <see cref="ReadyTag"/> decide readiness.</summary>
public static class HealthEndpoints
{
    public const string Live = "/health/live";
    public const string Ready = "/health/ready";
    public const string ReadyTag = "ready";

    internal static void AddHealth(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FirstReady>();
        builder.Services.AddHealthChecks().AddCheck<DrainCheck>("drain", tags: [ReadyTag]);
    }

    // Ahead of routing: a process is ready without having built the endpoints that nobody has asked for yet.
    internal static void UseHealth(this WebApplication app)
    {
        app.UseHealthChecks(Live, Options(_ => false, HealthReportBody.WriteAsync));
        app.UseHealthChecks(Ready, Options(check => check.Tags.Contains(ReadyTag), WriteReady));
    }

    // The middleware itself forbids caching.
    private static HealthCheckOptions Options(Func<HealthCheckRegistration, bool> predicate, Func<HttpContext, HealthReport, Task> write) => new()
    {
        Predicate = predicate,
        ResponseWriter = write,
    };

    private static async Task WriteReady(HttpContext context, HealthReport report)
    {
        await HealthReportBody.WriteAsync(context, report);
        if (report.Status is HealthStatus.Healthy)
            context.RequestServices.GetRequiredService<FirstReady>().Said();
    }
}

/// <summary>Not ready from the moment the process was asked to end.</summary>
internal sealed class DrainCheck(Drain drain) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(drain.IsDraining ? HealthCheckResult.Unhealthy("draining") : HealthCheckResult.Healthy());
}
