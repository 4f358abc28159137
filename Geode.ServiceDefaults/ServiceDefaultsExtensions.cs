using Geode.Runtime.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>What all services of the solution share, in the shape of every Aspire solution. This file is yours: add to it, take away.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Telemetry, health, and HTTP clients that find other services by name and try again. Beneath it what makes a process one of a
    /// planet's: logs for whoever reads them, an end that loses no request.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddGeodeProcess();
        builder.ConfigureOpenTelemetry();
        builder.AddDefaultHealthChecks();

        // For clients of IHttpClientFactory. The backplane's client is none: it knows better which region to try next.
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        return builder;
    }

    /// <summary>Traces, metrics and logs, by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to; otherwise nothing is measured and nothing is paid.</summary>
    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return builder;

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddGeode(builder))
            .WithTracing(tracing => tracing
                .AddRequestSampling()
                .AddSource("Geode.*", "Azure.Cosmos.Operation", builder.Environment.ApplicationName)
                .AddAspNetCoreInstrumentation(requests => requests.Filter = TelemetryFilter.IsNoProbe)
                .AddHttpClientInstrumentation())
            .WithMetrics(metrics => metrics
                .AddMeter("Geode.*", builder.Environment.ApplicationName)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation())
            .UseOtlpExporter();
        return builder;
    }

    /// <summary>Checks beyond those that the engine brings (its own replica answers; not about to end). One with the tag <c>ready</c> decides whether
    /// the router sends requests here, so let it speak of this geode alone: what all geodes share would take all of them away at once.</summary>
    public static TBuilder AddDefaultHealthChecks<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddHealthChecks();
        return builder;
    }

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can serve by itself. Before everything else in the pipeline.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app) => app.UseGeodeRuntime();
}
