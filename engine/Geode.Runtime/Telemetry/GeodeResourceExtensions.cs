using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace OpenTelemetry.Resources;

/// <summary>Who is speaking: <c>service.name</c>, <c>service.instance.id</c> and <c>cloud.region</c> on everything exported.</summary>
public static class GeodeResourceExtensions
{
    /// <summary>Names this process of the planet. <c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c>, which an app host sets, win.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="builder">The application that speaks.</param>
    /// <param name="serviceName"><c>service.name</c>; when not given, the application's name in lower case, with hyphens for dots.</param>
    public static ResourceBuilder AddGeode(this ResourceBuilder resource, IHostApplicationBuilder builder, string? serviceName = null)
    {
        var region = builder.Configuration["Geode:Region"];
        var attributes = new List<KeyValuePair<string, object>>
        {
            new("deployment.environment.name", builder.Environment.EnvironmentName),
        };
        if (!string.IsNullOrWhiteSpace(region))
            attributes.Add(new("cloud.region", region));

        return resource
            .AddService(
                serviceName ?? Name(builder.Environment.ApplicationName),
                serviceNamespace: "geode",
                serviceVersion: typeof(GeodeResourceExtensions).Assembly.GetName().Version?.ToString(),
                autoGenerateServiceInstanceId: false,
                serviceInstanceId: Instance(region))
            .AddAttributes(attributes)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
    }

    /// <summary>In lower case, with hyphens for dots.</summary>
    internal static string Name(string application) => application.Replace('.', '-').ToLowerInvariant();

    private static string Instance(string? region) => string.Join('-',
        new[] { region, Environment.MachineName, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) }
            .Where(part => !string.IsNullOrWhiteSpace(part)));
}
