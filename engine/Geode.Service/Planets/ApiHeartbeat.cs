using Geode.Runtime.Health;
using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Service.Publications;
using Geode.Topology;

namespace Geode.Service.Planets;

/// <summary>The sign of life of a process that answers requests.</summary>
internal sealed class ApiHeartbeat(
    TrafficMeter traffic, IEnumerable<PublicationFollower> publications, BackplaneClients clients, GeodeOptions options, Region region, FirstReady ready,
    TimeProvider clock)
    : Heartbeat(SignOfLife.ApiKind, clients, options, region, ready, clock)
{
    private readonly IReadOnlyList<PublicationFollower> _publications = [.. publications];

    protected override ProcessSigns State() => new(Traffic: traffic.View(), Publications: Versions());

    private Dictionary<string, string>? Versions() => _publications.Count == 0
        ? null
        : _publications.ToDictionary(publication => publication.Name, publication => publication.Version?.ToString() ?? "none");
}
