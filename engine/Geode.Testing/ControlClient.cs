using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Geode.Control.Events;
using Geode.Control.Instances;
using Geode.Control.Load;
using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Testing;

/// <summary>The control API, the router's admin and the replicas' status, for tests.</summary>
internal sealed class ControlClient(PlanetPorts ports) : IDisposable
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private static readonly TimeSpan StatusLimit = TimeSpan.FromSeconds(2);

    // Reviving waits for processes that start.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(4) };

    public async Task<PlanetState> PlanetAsync(CancellationToken cancellationToken) =>
        (await _http.GetFromJsonAsync<PlanetState>($"{PlanetPorts.Loopback(ports.Control)}/planet", Options, cancellationToken))!;

    public async Task<LoadView?> LoadAsync(CancellationToken cancellationToken) =>
        (await _http.GetFromJsonAsync<LoadState>($"{PlanetPorts.Loopback(ports.Control)}/planet/load", Options, cancellationToken))!.Load;

    public async Task<IReadOnlyList<Origin>> OriginsAsync(CancellationToken cancellationToken) =>
        (await _http.GetFromJsonAsync<List<Origin>>($"{PlanetPorts.Loopback(ports.RouterAdmin)}/_router/origins", Options, cancellationToken))!;

    /// <summary>What the region's replica has of each region's writes; null while it does not answer.</summary>
    public async Task<IReadOnlyDictionary<string, long>?> VectorAsync(Region region, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StatusLimit);
        try
        {
            return (await _http.GetFromJsonAsync<Status>($"{PlanetPorts.Loopback(ports.BackplaneAccount(region))}/_backplane/status", Options, patience.Token))!.Vector;
        }
        catch (Exception e) when (ConnectionFailure.Is(e))
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <exception cref="PlanetException">It was refused: with what the control API says.</exception>
    public async Task SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, PlanetPorts.Loopback(ports.Control) + path) { Content = JsonContent.Create(body ?? new { }) };
        using var answer = await _http.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new PlanetException($"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }

    public void Dispose() => _http.Dispose();

    internal sealed record PlanetState(IReadOnlyList<RegionState> Regions, IReadOnlyList<ProcessSnapshot> Processes, IReadOnlyList<PlanetEvent> Events)
    {
        public IReadOnlyList<ProcessSnapshot> AllProcesses => [.. Regions.SelectMany(r => r.Processes), .. Processes];
    }

    private sealed record LoadState(LoadView? Load);

    internal sealed record RegionState(string Name, InstancesView Instances, IReadOnlyList<ProcessSnapshot> Processes);

    internal sealed record Origin(string Name, string State, string Why, IReadOnlyList<OriginInstance> Instances);

    internal sealed record OriginInstance(string Address, string State);

    private sealed record Status(IReadOnlyDictionary<string, long> Vector);
}
