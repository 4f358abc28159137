using System.Diagnostics;

namespace Geode.Router.Telemetry;

/// <summary>Names under which the router's own telemetry is found.</summary>
internal static class RouterTelemetry
{
    public const string Name = "Geode.Router";

    public static ActivitySource Source { get; } = new(Name);
}
