using Geode.Runtime.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Geode.Router.Admin;

/// <summary>The process's health on the admin listener; on the public one every path belongs to the geodes.</summary>
internal static class AdminHealth
{
    public static void MapHealth(this IEndpointRouteBuilder app, HealthCheckService health)
    {
        app.MapGet(HealthEndpoints.Live, (HttpContext context) => AnswerAsync(context, health, static _ => false));
        app.MapGet(HealthEndpoints.Ready, (HttpContext context) => AnswerAsync(context, health, static c => c.Tags.Contains(HealthEndpoints.ReadyTag)));
    }

    private static async Task AnswerAsync(HttpContext context, HealthCheckService health, Func<HealthCheckRegistration, bool> which)
    {
        var report = await health.CheckHealthAsync(which, context.RequestAborted);
        if (report.Status == HealthStatus.Unhealthy)
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
        await HealthReportBody.WriteAsync(context, report);
    }
}
