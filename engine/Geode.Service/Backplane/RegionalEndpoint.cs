using Geode.Topology;

namespace Geode.Service.Backplane;

/// <summary>The address of one region of the account.</summary>
internal static class RegionalEndpoint
{
    private const string AzureSuffix = ".documents.azure.com";

    /// <summary>An endpoint that can describe the whole account, served by that region; null where none is known.</summary>
    public static Uri? Account(Planet planet, Region region, BackplaneConnection connection) =>
        connection.IsLocal ? new(PlanetPorts.Loopback(planet.Ports.BackplaneAccount(region)) + "/") : Azure(region, connection);

    /// <summary>The endpoint of that region alone; null where none is known.</summary>
    public static Uri? Pinned(Planet planet, Region region, BackplaneConnection connection) =>
        connection.IsLocal ? new(PlanetPorts.Loopback(planet.Ports.BackplaneRegional(region)) + "/") : Azure(region, connection);

    // Documented form: https://{account}-{region}.documents.azure.com.
    private static Uri? Azure(Region region, BackplaneConnection connection)
    {
        var host = connection.Endpoint.Host;
        return host.EndsWith(AzureSuffix, StringComparison.OrdinalIgnoreCase)
            ? new UriBuilder(connection.Endpoint) { Host = $"{host[..^AzureSuffix.Length]}-{region.Name}{AzureSuffix}" }.Uri
            : null;
    }
}
