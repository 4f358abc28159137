using Geode.Control.Instances;
using Geode.Topology;

namespace Geode.Testing;

/// <summary>How many instances a geode's Api has.</summary>
public sealed partial class TestPlanet
{
    /// <summary>Asks for exactly so many instances of the region's Api; see <see cref="WaitForInstancesAsync"/>.</summary>
    /// <param name="region">Of this planet.</param>
    /// <param name="count">From its <c>minReplicas</c> to the smaller of <c>maxReplicas</c> and <c>scale.localMost</c>; 0: it sleeps until a
    /// request wakes it; null: as many as the autoscaler says.</param>
    /// <exception cref="PlanetException">Not possible: what is.</exception>
    public Task ScaleAsync(string region, int? count, CancellationToken cancellationToken = default) =>
        _control.SendAsync(HttpMethod.Put, $"/planet/regions/{region}/instances", new { count }, cancellationToken);

    /// <summary>What runs of the region's Api, and what may.</summary>
    /// <exception cref="PlanetException">No such region.</exception>
    public async Task<InstancesView> InstancesAsync(string region, CancellationToken cancellationToken = default)
    {
        var name = Planet.Region(region).Name;
        return (await _control.PlanetAsync(cancellationToken)).Regions.Single(r => r.Name == name).Instances;
    }

    /// <summary>So many instances serve, and the router sends them requests; none: the geode sleeps.</summary>
    /// <exception cref="TimeoutException">What there is instead, and what happened last.</exception>
    public Task WaitForInstancesAsync(string region, int count, TimeSpan? limit = null, CancellationToken cancellationToken = default) => UntilAsync(
        async () => await InstancesAsync(region, cancellationToken) is { Starting: 0 } now && now.Running == count && now.Asleep == (count == 0)
            && await ServingAsync(region, cancellationToken) == count,
        async () => $"{region} does not have {count} instances: {await InstancesAsync(region, cancellationToken)}; the router sends requests to {await ServingAsync(region, cancellationToken)}.",
        limit, cancellationToken);

    /// <summary>SIGKILL to one process. An instance of an Api is started again.</summary>
    /// <param name="name"><c>api-westeurope-2</c>, <c>worker-eastus</c>, <c>router</c>.</param>
    public Task KillProcessAsync(string name, CancellationToken cancellationToken = default) =>
        _control.SendAsync(HttpMethod.Post, $"/planet/processes/{name}/kill", null, cancellationToken);

    /// <summary>Starts one process, or lets it go on; returns when it is healthy.</summary>
    /// <inheritdoc cref="KillProcessAsync" path="/param"/>
    public Task ReviveProcessAsync(string name, CancellationToken cancellationToken = default) =>
        _control.SendAsync(HttpMethod.Post, $"/planet/processes/{name}/revive", null, cancellationToken);

    private async Task<int> ServingAsync(string region, CancellationToken cancellationToken) =>
        (await _control.OriginsAsync(cancellationToken)).Single(o => o.Name == Planet.Region(region).Name).Instances.Count(i => i.State is "healthy" or "degraded");
}
