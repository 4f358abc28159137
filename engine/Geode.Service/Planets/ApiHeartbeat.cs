using Geode.Runtime.Health;
using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Topology;

namespace Geode.Service.Planets;

/// <summary>The sign of life of a process that answers requests.</summary>
internal sealed class ApiHeartbeat(
    TrafficMeter traffic, BackplaneClients clients, GeodeOptions options, Region region, FirstReady ready, TimeProvider clock)
    : Heartbeat(SignOfLife.ApiKind, clients, options, region, ready, clock)
{
    protected override TrafficView Traffic() => traffic.View();
}
