using Geode.Runtime.Health;
using Geode.Runtime.Hosting;
using Geode.Runtime.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every process of a planet does alike, whether it is a service, a replica or the router.</summary>
public static class RuntimeExtensions
{
    /// <summary><see cref="AddGeodeProcess"/> and telemetry, for processes that are the engine's own.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="serviceName"><c>service.name</c> in telemetry; when not given, the application's name in lower case, with hyphens for dots.</param>
    /// <param name="beginsTraces">False for one that others call all day: its requests are recorded where the caller's are.</param>
    public static TBuilder AddGeodeRuntime<TBuilder>(this TBuilder builder, string? serviceName = null, bool beginsTraces = true)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddGeodeProcess();
        builder.AddTelemetry(serviceName, beginsTraces);
        return builder;
    }

    /// <summary>Logs, health, the watch on the parent process, the grace period before the end, and answers that reach whoever sent too much.</summary>
    public static TBuilder AddGeodeProcess<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddJsonLogging();
        builder.AddParentWatch();
        builder.AddDrain();
        builder.AddHealth();
        builder.Services.AddSingleton<IStartupFilter, RefusedBodies>();
        return builder;
    }

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can serve by itself. Before everything else in
    /// the pipeline.</summary>
    public static WebApplication UseGeodeRuntime(this WebApplication app)
    {
        app.UseHealth();
        return app;
    }
}
