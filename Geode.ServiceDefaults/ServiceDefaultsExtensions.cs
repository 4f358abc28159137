using Microsoft.AspNetCore.Builder;

namespace Microsoft.Extensions.Hosting;

/// <summary>What all services of the solution share, behind the two calls every Aspire solution knows.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>What makes a process a planet's: logs, telemetry, health, and an end that loses no request.</summary>
    /// <param name="serviceName"><c>service.name</c> in telemetry; when not given, the application's name in lower case, with hyphens for dots.</param>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder, string? serviceName = null)
        where TBuilder : IHostApplicationBuilder => builder.AddGeodeRuntime(serviceName);

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can serve by itself. Before everything else in
    /// the pipeline.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app) => app.UseGeodeRuntime();
}
