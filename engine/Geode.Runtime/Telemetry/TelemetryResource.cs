using System.Globalization;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Resources;

namespace Geode.Runtime.Telemetry;

/// <summary>Who is speaking: <c>service.name</c>, <c>service.instance.id</c> and <c>cloud.region</c> on everything exported.</summary>
internal static class TelemetryResource
{
    public static ResourceBuilder For(IHostApplicationBuilder builder, string? serviceName)
    {
        var region = builder.Configuration["Geode:Region"];
        var attributes = new List<KeyValuePair<string, object>>
        {
            new("deployment.environment.name", builder.Environment.EnvironmentName),
        };
        if (!string.IsNullOrWhiteSpace(region))
            attributes.Add(new("cloud.region", region));

        var resource = ResourceBuilder.CreateEmpty()
            .AddService(
                serviceName ?? Name(builder.Environment.ApplicationName),
                serviceNamespace: "geode",
                serviceVersion: typeof(TelemetryResource).Assembly.GetName().Version?.ToString(),
                autoGenerateServiceInstanceId: false,
                serviceInstanceId: Instance(region))
            .AddAttributes(attributes)
            .AddTelemetrySdk();
        // Last, so that OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES, which an app host sets, win.
        return resource.AddEnvironmentVariableDetector();
    }

    /// <summary>In lower case, with hyphens for dots.</summary>
    internal static string Name(string application) => application.Replace('.', '-').ToLowerInvariant();

    private static string Instance(string? region) => string.Join('-',
        new[] { region, Environment.MachineName, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) }
            .Where(part => !string.IsNullOrWhiteSpace(part)));
}
