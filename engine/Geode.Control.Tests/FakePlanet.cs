using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.Control.Events;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Control.Tests;

/// <summary>A planet on free ports under real control, of processes that are none.</summary>
internal sealed class FakePlanet : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private bool _stopped;

    private FakePlanet(Planet planet)
    {
        var timeline = new Timeline(TimeProvider.System);
        Processes = new(planet, timeline);
        Running = new(planet, PlanetFile, Processes, timeline, TimeProvider.System);
        Client = new() { BaseAddress = Running.Control };
    }

    public FakeProcesses Processes { get; }

    public RunningPlanet Running { get; }

    public Planet Planet => Running.Planet;

    public string PlanetFile => _folder.At("planet.json");

    /// <summary>Of the control API.</summary>
    public HttpClient Client { get; }

    public static Task<FakePlanet> StartAsync(params string[] regions) => StartAsync(FreePlanets.OnFreePorts(regions));

    public static async Task<FakePlanet> StartAsync(Planet of)
    {
        var planet = new FakePlanet(of);
        await planet.Running.ServeAsync(CancellationToken.None);
        await planet.Processes.StartAsync(planet.Processes.All, CancellationToken.None);
        return planet;
    }

    /// <summary>One call of the control API.</summary>
    /// <param name="body">As it is, JSON or not; null: none.</param>
    public async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (body is not null)
            request.Content = new StringContent(body, null, "application/json");
        using var answer = await Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>As whoever runs the processes does it.</summary>
    public async Task StopAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        await Running.QuietAsync();
        Running.Timeline.Add("planet", null, null, "stopping", "stopping");
        await Processes.RemoveAsync(Processes.All);
        await Running.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopAsync();
        _folder.Dispose();
    }
}
