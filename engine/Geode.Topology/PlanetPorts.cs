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

    /// <summary>Instances of a geode's Api that have a port.</summary>
    public const int MostInstances = 7;

    // After the four ports of a region its block has six left, so that further instances are in nobody's way, also when regions join.
    private const int BeforeInstances = 2;

    public int Api(Region region) => Block(region);

    /// <param name="instance">From 1, the one at <see cref="Api(Region)"/>, to <see cref="MostInstances"/>.</param>
    public int Api(Region region, int instance) => instance switch
    {
        1 => Block(region),
        > 1 and <= MostInstances => Block(region) + BeforeInstances + instance,
        _ => throw new ArgumentOutOfRangeException(nameof(instance), instance, $"Instances are numbered from 1 to {MostInstances}."),
    };

    /// <summary>Most instances of that region's Api that have a port: where each zone has a Worker, these take some.</summary>
    public static int MostInstancesOf(Region region) => MostInstances - (region.Zones - 1);

    /// <param name="zone">Each zone that is told apart has one.</param>
    public int Worker(Region region, int zone = 1) => zone switch
    {
        1 => Block(region) + 1,
        > 1 when zone <= region.Zones => Api(region, MostInstancesOf(region) + zone - 1),
        _ => throw new ArgumentOutOfRangeException(nameof(zone), zone, $"{region.Name} has the zones 1 to {region.Zones}."),
    };

    /// <summary>The replica's regional endpoint: a client given this one is pinned to the region and never fails over.</summary>
    public int BackplaneRegional(Region region) => Block(region) + 2;

    /// <summary>The replica's account endpoint: what clients are given; also the replica's admin and replication port.</summary>
    public int BackplaneAccount(Region region) => Block(region) + 3;

    /// <summary>All ports a planet of that many regions takes when it starts.</summary>
    public IEnumerable<int> All(Planet planet) =>
        [Control, Router, RouterAdmin, .. planet.Regions.SelectMany(r => (int[])[.. Enumerable.Range(Block(r), 4), .. OfFurtherZones(r)]), .. OfDirectory(planet)];

    /// <summary>Ports that a planet takes when its geodes get more instances.</summary>
    public IEnumerable<int> FurtherInstances(Planet planet) => planet.Regions
        .SelectMany(r => Enumerable.Range(r.Zones + 1, Math.Max(0, planet.Scale.MostOf(r) - r.Zones)).Select(instance => Api(r, instance)));

    /// <summary><c>http://127.0.0.1:port</c>, without a trailing slash.</summary>
    public static string Loopback(int port) => "http://127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture);

    private IEnumerable<int> OfDirectory(Planet planet) => planet.Stamps.Count == 0
        ? []
        : planet.Regions.Select(r => r.InDirectory()).SelectMany(r => (int[])[BackplaneRegional(r), BackplaneAccount(r)]);

    private IEnumerable<int> OfFurtherZones(Region region) =>
        Enumerable.Range(2, region.Zones - 1).SelectMany(zone => (int[])[Api(region, zone), Worker(region, zone)]);

    private int Block(Region region) => Base + 20 + 10 * region.Index;
}
