using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Geode.Runtime.Telemetry;

/// <summary>Traces, metrics and logs by OTLP, from OpenTelemetry's core alone.</summary>
public static class TelemetryExtensions
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Exports when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; otherwise nothing listens and nothing is paid.</summary>
    public static TBuilder AddTelemetry<TBuilder>(this TBuilder builder, string? serviceName = null)
        where TBuilder : IHostApplicationBuilder
    {
        // Before the first Cosmos client: the SDK reads it once.
        AppContext.SetSwitch("Azure.Experimental.EnableActivitySource", true);
        // Without it a server span carries no method, route or status.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);

        if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint]))
            return builder;

        var resource = TelemetryResource.For(builder, serviceName);
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.SetResourceBuilder(resource);
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
            logging.AddOtlpExporter();
        });
        builder.Services.AddSingleton(_ => Traces(builder.Configuration, resource));
        builder.Services.AddSingleton(_ => Metrics(builder.Configuration, resource));
        builder.Services.AddHostedService<TelemetryLifetime>();
        builder.Services.AddSingleton<IStartupFilter, RequestSpanName>();
        return builder;
    }

    private static TracerProvider Traces(IConfiguration configuration, ResourceBuilder resource) =>
        Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(resource)
            .AddSource([.. TelemetrySources.Activities])
            .AddProcessor(new ProbeFilter())
            .AddOtlpExporter()
            .Build();

    private static MeterProvider Metrics(IConfiguration configuration, ResourceBuilder resource) =>
        Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(resource)
            .AddMeter([.. TelemetrySources.Meters])
            .AddOtlpExporter()
            .Build();
}
