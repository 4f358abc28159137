using System.Collections.Concurrent;
using Geode.Local.Events;
using Geode.Topology;

namespace Geode.Local.Control;

/// <summary>Takes geodes out of the traffic and back in, through the router's admin.</summary>
internal sealed class RouterAdmin(Planet planet, Timeline timeline) : IDisposable
{
    private readonly AdminClient _admin = new();
    private readonly ConcurrentDictionary<string, bool> _drained = new();

    public bool IsDrained(string region) => _drained.ContainsKey(region);

    /// <exception cref="ControlException">502: the router does not answer or refuses.</exception>
    public async Task DrainAsync(string region, bool drain, CancellationToken cancellationToken)
    {
        var action = drain ? "drain" : "undrain";
        var address = new Uri($"{PlanetPorts.Loopback(planet.Ports.RouterAdmin)}/_router/origins/{region}/{action}");
        var answer = await _admin.SendAsync(HttpMethod.Post, address, null, cancellationToken)
            ?? throw new ControlException(502, $"The router does not answer at {address}.");
        answer.EnsureAccepted();
        if (drain)
            _drained[region] = true;
        else
            _drained.TryRemove(region, out _);
        timeline.Add("drain", region, null, drain ? "draining" : "serving", $"{region} {(drain ? "drains" : "takes traffic again")}");
    }

    public void Dispose() => _admin.Dispose();
}
