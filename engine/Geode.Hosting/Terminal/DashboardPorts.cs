using System.Globalization;
using Geode.Topology;

namespace Geode.Hosting.Terminal;

/// <summary>Where Aspire's dashboard listens. The launch profile says it; where there is none, or the planet is moved to other ports, this.</summary>
internal static class DashboardPorts
{
    private const int Profile = 15_080;
    private const int LowestFree = 1024;
    private const string Urls = "ASPNETCORE_URLS";

    /// <summary>As arguments of the application's builder.</summary>
    /// <param name="ports">Of the planet.</param>
    public static IEnumerable<string> Of(PlanetPorts ports)
    {
        if (ports == new PlanetPorts())
            return Environment.GetEnvironmentVariable(Urls) is null ? Arguments(Profile, Profile + 4000, Profile + 5000) : [];
        // Below the control API.
        var below = ports.Control;
        return below - 3 > LowestFree ? Arguments(below - 1, below - 2, below - 3) : [];
    }

    private static IEnumerable<string> Arguments(int frontend, int telemetry, int resources)
    {
        foreach (var (name, port) in new[] { (Urls, frontend), ("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", telemetry), ("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", resources) })
            yield return $"--{name}={Address(port)}";
        yield return "--ASPIRE_ALLOW_UNSECURED_TRANSPORT=true";
    }

    private static string Address(int port) => "http://localhost:" + port.ToString(CultureInfo.InvariantCulture);
}
