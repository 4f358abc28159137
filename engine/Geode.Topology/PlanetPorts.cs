using System.Globalization;
using System.Text.Json.Serialization;

namespace Geode.Topology;

/// <summary>Every port of a local planet, derived from one base. Region i takes ten ports from base + 20 + 10 i.</summary>
/// <param name="Base">The router's port; <c>--port</c> moves all of them.</param>
public sealed record PlanetPorts(int Base = 8080)
{
    [JsonIgnore] public int Control => Base - 1;
    [JsonIgnore] public int Router => Base;
    [JsonIgnore] public int RouterAdmin => Base + 1;

    public int Api(Region region) => Block(region);
    public int Worker(Region region) => Block(region) + 1;

    /// <summary>The replica's regional endpoint: a client given this one is pinned to the region and never fails over.</summary>
    public int BackplaneRegional(Region region) => Block(region) + 2;

    /// <summary>The replica's account endpoint: what clients are given; also the replica's admin and replication port.</summary>
    public int BackplaneAccount(Region region) => Block(region) + 3;

    /// <summary>All ports a planet of that many regions takes.</summary>
    public IEnumerable<int> All(Planet planet) =>
        [Control, Router, RouterAdmin, .. planet.Regions.SelectMany(r => Enumerable.Range(Block(r), 4))];

    /// <summary><c>http://127.0.0.1:port</c>, without a trailing slash.</summary>
    public static string Loopback(int port) => "http://127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture);

    private int Block(Region region) => Base + 20 + 10 * region.Index;
}
