using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Geode.Runtime.Telemetry;

/// <summary>Traces, metrics and logs by OTLP, for the processes that are the engine's own. A service says the same in its solution's
/// service defaults.</summary>
public static class TelemetryExtensions
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Exports when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; otherwise nothing listens and nothing is paid.</summary>
    public static TBuilder AddTelemetry<TBuilder>(this TBuilder builder, string? serviceName = null, bool beginsTraces = true)
        where TBuilder : IHostApplicationBuilder
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint]))
            return builder;

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddGeode(builder, serviceName))
            .WithTracing(tracing => tracing
                .AddRequestSampling(beginsTraces)
                .AddSource("Geode.*", "Azure.Cosmos.Operation", "Yarp.ReverseProxy")
                .AddAspNetCoreInstrumentation(requests => requests.Filter = TelemetryFilter.IsNoProbe)
                .AddHttpClientInstrumentation())
            .WithMetrics(metrics => metrics
                .AddMeter("Geode.*")
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation())
            .UseOtlpExporter();
        return builder;
    }
}
