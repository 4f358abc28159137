namespace Geode.Runtime.Telemetry;

/// <summary>The runtime's and the SDK's own sources: they need no instrumentation packages.</summary>
public static class TelemetrySources
{
    public static IReadOnlyList<string> Activities { get; } =
        ["Microsoft.AspNetCore", "System.Net.Http", "Azure.Cosmos.Operation", "Yarp.ReverseProxy", "Geode.*"];

    public static IReadOnlyList<string> Meters { get; } =
        ["Microsoft.AspNetCore.*", "System.Net.Http", "System.Runtime", "Geode.*"];
}
