using System.Collections.Concurrent;
using Geode.Control.Events;
using Geode.Topology;

namespace Geode.Control.Faults;

/// <summary>Takes geodes out of the traffic and back in, through the router's admin.</summary>
internal sealed class RouterAdmin(LivePlanet planet, Timeline timeline) : IDisposable
{
    private readonly AdminClient _admin = new();
    private readonly ConcurrentDictionary<string, bool> _drained = new();

    public bool IsDrained(string region) => _drained.ContainsKey(region);

    /// <exception cref="ControlException">502: the router does not answer or refuses.</exception>
    public async Task DrainAsync(string region, bool drain, CancellationToken cancellationToken)
    {
        var action = drain ? "drain" : "undrain";
        await AskAsync(HttpMethod.Post, $"origins/{region}/{action}", null, cancellationToken);
        if (drain)
            _drained[region] = true;
        else
            _drained.TryRemove(region, out _);
        timeline.Add("drain", region, null, drain ? "draining" : "serving", $"{region} {(drain ? "drains" : "takes traffic again")}");
    }

    /// <summary>Drains if the router answers and knows the region.</summary>
    public Task TryDrainAsync(string region, CancellationToken cancellationToken) => TryAsync(() => DrainAsync(region, true, cancellationToken));

    /// <summary>The reverse.</summary>
    public Task TryUndrainAsync(string region, CancellationToken cancellationToken) => TryAsync(() => DrainAsync(region, false, cancellationToken));

    /// <summary>Has the router read the planet again. One that does not run reads it when it starts.</summary>
    /// <exception cref="ControlException">The router refuses the planet.</exception>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        var answer = await _admin.SendAsync(HttpMethod.Post, Address("reload"), null, cancellationToken);
        answer?.EnsureAccepted();
        foreach (var gone in _drained.Keys.Except(planet.Now.RegionNames))
            _drained.TryRemove(gone, out _);
    }

    /// <summary>Asks the router, or changes something in it.</summary>
    /// <param name="path">Of its admin: <c>steering</c>, <c>places</c>.</param>
    /// <returns>The answer's body, as it is.</returns>
    /// <exception cref="ControlException">502: the router does not answer or refuses. 400, 409: its own words.</exception>
    public async Task<string> AskAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        var address = Address(path);
        var answer = await _admin.SendAsync(method, address, body, cancellationToken)
            ?? throw new ControlException(502, $"The router does not answer at {address}.");
        answer.EnsureAccepted();
        return answer.Body;
    }

    /// <summary>Ends the steering if the router answers; one that does not run steers nobody.</summary>
    public Task TryEndSteeringAsync(CancellationToken cancellationToken) =>
        TryAsync(() => AskAsync(HttpMethod.Delete, "steering", null, cancellationToken));

    /// <summary>Tells the router which instances a geode has; none: it sleeps.</summary>
    /// <returns>False: the router does not answer.</returns>
    /// <exception cref="ControlException">It refuses.</exception>
    public async Task<bool> TellInstancesAsync(string region, IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        var answer = await _admin.SendAsync(HttpMethod.Put, Address($"origins/{region}/instances"), addresses, cancellationToken);
        answer?.EnsureAccepted();
        return answer is not null;
    }

    /// <summary>The requests of each geode; null: the router does not answer.</summary>
    public async Task<IReadOnlyDictionary<string, OriginLoad>?> LoadsAsync(CancellationToken cancellationToken) =>
        (await _admin.ReadAsync<List<OriginLoad>>(Address("origins"), cancellationToken))?.ToDictionary(load => load.Name);

    private Uri Address(string path) => new($"{PlanetPorts.Loopback(planet.Now.Ports.RouterAdmin)}/_router/{path}");

    private async Task TryAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (ControlException e)
        {
            timeline.Add("drain", null, null, "failed", e.Message);
        }
    }

    public void Dispose() => _admin.Dispose();
}
