using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Geode.Topology;

namespace Geode.Hosting.Processes;

/// <summary>Where a person goes from the dashboard.</summary>
internal static class PlanetUrls
{
    public static ImmutableArray<UrlSnapshot> Of(PlanetPorts ports)
    {
        var (router, control) = (PlanetPorts.Loopback(ports.Router), PlanetPorts.Loopback(ports.Control));
        return [Url("page", $"{router}/", "Page", 3), Url("map", $"{router}/planet.html", "Map", 2), Url("control", $"{control}/planet", "Control API", 1)];

        static UrlSnapshot Url(string name, string address, string text, int order) => new(name, address, IsInternal: false) { DisplayProperties = new(text, order) };
    }
}
