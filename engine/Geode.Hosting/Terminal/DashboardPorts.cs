using System.Globalization;
using Geode.Control.Terminal;
using Geode.Topology;

namespace Geode.Hosting.Terminal;

/// <summary>Where Aspire's dashboard listens. The launch profile says it; where it does not, or the planet is moved to other ports, this.</summary>
internal static class DashboardPorts
{
    private const int Profile = 15_080;
    private const string Urls = "ASPNETCORE_URLS";

    /// <summary>As arguments of the application's builder.</summary>
    public static IEnumerable<string> Of(CommandLine command)
    {
        if (command.Port is not { } port)
            return Environment.GetEnvironmentVariable(Urls) is null ? Arguments(Profile, Profile + 4000, Profile + 5000) : [];
        // Below the control API, which is one below the router.
        return port > PlanetPortsBelow + 1024 ? Arguments(port - 2, port - 3, port - 4) : [];
    }

    private const int PlanetPortsBelow = 4;

    private static IEnumerable<string> Arguments(int frontend, int telemetry, int resources)
    {
        foreach (var (name, port) in new[] { (Urls, frontend), ("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", telemetry), ("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", resources) })
            yield return $"--{name}={Address(port)}";
        yield return "--ASPIRE_ALLOW_UNSECURED_TRANSPORT=true";
    }

    private static string Address(int port) => "http://localhost:" + port.ToString(CultureInfo.InvariantCulture);
}
