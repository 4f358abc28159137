using System.Net.Http.Json;
using Geode.Bench.Targets;
using Geode.Control.Ports;
using Geode.Control.Processes;
using Geode.Local;
using Geode.Topology;

namespace Geode.Bench.Page;

/// <summary>A planet of real processes on free ports, gone at the end.</summary>
internal sealed class BenchPlanet : IAsyncDisposable
{
    private readonly LocalPlanet _planet;

    private BenchPlanet(LocalPlanet planet) => _planet = planet;

    public Uri Router => _planet.Router;

    public HttpClient Control { get; private init; } = null!;

    /// <param name="regions">Names.</param>
    /// <param name="settings">What is otherwise than <c>geode.json</c> says; null: nothing.</param>
    /// <exception cref="BenchException">It does not start.</exception>
    public static async Task<BenchPlanet> StartAsync(string[] regions, CancellationToken stop, Func<Planet, Planet>? settings = null)
    {
        var planet = PlanetLoader.Load(PlanetLoader.Nearest(AppContext.BaseDirectory)).WithRegions(regions);
        planet = FreePorts.Move(settings?.Invoke(planet) ?? planet);
        try
        {
            var local = await LocalPlanet.StartAsync(new() { Planet = planet, StartLimit = TimeSpan.FromMinutes(6) }, stop);
            return new(local) { Control = new() { BaseAddress = local.Control, Timeout = TimeSpan.FromMinutes(3) } };
        }
        catch (ProcessFailedException e)
        {
            throw new BenchException($"{e.Message}\n{string.Join('\n', e.LastLines)}");
        }
    }

    /// <summary>Someone in that place, with cookies of their own.</summary>
    public HttpClient Visitor(string place)
    {
        var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = Router, Timeout = TimeSpan.FromMinutes(1) };
        client.DefaultRequestHeaders.Add("X-Geode-Client", place);
        return client;
    }

    public async Task OrderAsync(HttpMethod method, string path, object body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var answer = await Control.SendAsync(request, stop);
        if (!answer.IsSuccessStatusCode)
            throw new BenchException($"{method} {path} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(stop)}");
    }

    public async ValueTask DisposeAsync()
    {
        Control.Dispose();
        await _planet.DisposeAsync();
    }
}
